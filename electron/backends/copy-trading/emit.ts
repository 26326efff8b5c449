import type { DeskEvent } from '#shared/domain/desk.ts';

/** What everything that tells the desk something needs. */
export interface Emit {
  backendId: string;
  now(): number;
  emit(event: DeskEvent): void;
}
