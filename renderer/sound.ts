import { playSound } from './shell/play-sound.ts';

// The page that nobody sees has no bridge: the main process calls this, and nothing here can ask anything of it.
Object.assign(globalThis, { playSound });
