import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top of the checkout. */
export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where downloads are kept between checkouts: never inside the work tree. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'quarterdeck');
