import type { EpochMs } from '../../time.ts';
import type { ActDescriptor } from './backend.ts';
import { backendFreshness } from '../derive.ts';
import type { LinkStatus } from './link.ts';

/** The very thing of a backend that an act is about, such as one of its models. */
export type Subject = NonNullable<LinkStatus['about']>;

/** The thing that an act concerns by its descriptor and these parameters; `null` for what concerns the backend as a whole. */
export function subjectOf(
  act: Pick<ActDescriptor, 'concerns'> | undefined,
  params: Readonly<Record<string, unknown>>,
): Subject | null {
  if (act?.concerns === undefined) return null;
  const { thing, param } = act.concerns;
  const id = params[param];
  return typeof id === 'string' || typeof id === 'number' ? { thing, id: String(id).trim() } : null;
}

/**
 * How fresh what an act rests on is: the links that carry the backend as a whole, and the link of the thing that it is about, where
 * there is one. A broken link of another thing holds nothing up. Without any link of the whole it is stale.
 */
export function actFreshness(
  backendId: string,
  links: Iterable<LinkStatus>,
  subject: Subject | null,
  nowMs: EpochMs,
): ReturnType<typeof backendFreshness> {
  const own = [...links].filter((link) => link.backendId === backendId);
  const whole = own.filter(({ about }) => about === undefined);
  if (subject === null || backendFreshness(backendId, whole, nowMs).worst === null)
    return backendFreshness(backendId, whole, nowMs);
  const ofSubject = own.filter(({ about }) => about?.thing === subject.thing && about.id === subject.id);
  return backendFreshness(backendId, [...whole, ...ofSubject], nowMs);
}
