import type { Socket } from 'socket.io';

/** What a socket does for whoever greets it: answers go through here, so that faults hold for them too. */
export interface Voice {
  emit(socket: Socket, event: string, payload: unknown): void;
  isMute(): boolean;
}
