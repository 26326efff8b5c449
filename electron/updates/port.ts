import type { UpdateState } from '#shared/domain/settings/desktop.ts';

/** Updates, asked for and never forced: each call is a person's wish. */
export interface UpdatesPort {
  state(): UpdateState;
  check(): Promise<UpdateState>;
  /** Begins to fetch what was found; how far it is shows in the state. */
  download(): UpdateState;
  /** Gives up a download. */
  cancel(): UpdateState;
  /** `now` asks to quit, as any wish to quit does; `at-quit` waits for one; `not` takes either back. */
  install(when: 'now' | 'at-quit' | 'not'): UpdateState;
}
