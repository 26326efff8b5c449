/** Why a model's server did not answer as it should, in words for a person. */
export class ModelFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string) {
    super(message);
    this.name = 'ModelFailure';
    this.code = code;
  }
}

export type FailureCode =
  | 'address'
  | 'unreachable'
  | 'redirect'
  | 'no-answer'
  | 'silent'
  | 'key'
  | 'not-found'
  | 'busy'
  | 'refused'
  | 'no-tools'
  | 'server'
  | 'not-streaming'
  | 'not-an-answer'
  | 'too-large'
  | 'broken-off';
