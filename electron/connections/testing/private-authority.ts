import { generate } from 'selfsigned';

/** An authority that nobody else knows, and a server's key and certificate on its word. */
export interface PrivateAuthority {
  certificate: string;
  server: { key: string; cert: string };
}

/** Made anew for each test. The server's certificate holds for 127.0.0.1 and localhost unless said otherwise. */
export async function createPrivateAuthority(
  name: string,
  server: { names?: string[]; notAfter?: Date } = {},
): Promise<PrivateAuthority> {
  const root = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const names = server.names ?? ['localhost'];
  const leaf = await generate([{ name: 'commonName', value: 'server' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: root.private, cert: root.cert },
    ...(server.notAfter === undefined ? {} : { notAfterDate: server.notAfter, notBeforeDate: new Date(0) }),
    extensions: [
      { name: 'basicConstraints', cA: false },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...(server.names === undefined ? [{ type: 7 as const, ip: '127.0.0.1' }] : []),
        ],
      },
    ],
  });
  return { certificate: root.cert, server: { key: leaf.private, cert: leaf.cert } };
}
