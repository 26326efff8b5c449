import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';

import type { Session } from 'electron';
import { protocol } from 'electron';

import { APP_SCHEME, CONTENT_SECURITY_POLICY, REGION_SCRIPT, resolvePageFile } from './app-page.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
};

/** Makes `app:` a scheme with a real origin. Has to run before Electron is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    // Without `stream` a media element gets nothing but the first 64 kB, and a longer sound does not play.
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/**
 * Serves the built window from `root`, and refuses every other address of the session. `regionScript` is asked whenever a page
 * is loaded.
 */
export function serveApp(session: Session, root: string, regionScript: () => string): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    if (request.method === 'GET' && request.url === REGION_SCRIPT)
      return new Response(regionScript(), {
        headers: {
          ...SAFE_HEADERS,
          'content-type': 'text/javascript; charset=utf-8',
          'cache-control': 'no-store',
        },
      });
    const file = request.method === 'GET' ? resolvePageFile(root, request.url) : null;
    const contentType = file === null ? undefined : CONTENT_TYPES[extname(file)];
    if (file === null || contentType === undefined) return refuse(404);
    try {
      const body = await readFile(file);
      return new Response(body, { headers: { ...SAFE_HEADERS, 'content-type': contentType } });
    } catch {
      // A page that cannot be read now (no file handle is left) has failed to load, and is loaded again; an answer would be its empty text.
      return extname(file) === '.html' ? Response.error() : refuse(404);
    }
  });
  session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file://*/*'] },
    (_details, answer) => answer({ cancel: true }),
  );
}

const SAFE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

const refuse = (status: number): Response => new Response(null, { status, headers: SAFE_HEADERS });
