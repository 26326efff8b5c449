import { X509Certificate } from 'node:crypto';

import type { AuthorityCertificate } from '#shared/domain/backends/network.ts';

const MOST_CERTIFICATES = 20;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Reads certificates of a private authority. Throws with words for a person where there is none that could vouch for a server. */
export function describeAuthority(pem: string, nowMs: number): AuthorityCertificate[] {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem))
    throw new Error('This holds a private key. Give the certificate alone, and keep the key where it is.');
  const blocks = pem.match(CERTIFICATE) ?? [];
  if (blocks.length === 0)
    throw new Error('There is no certificate in it. It begins with “BEGIN CERTIFICATE”.');
  if (blocks.length > MOST_CERTIFICATES)
    throw new Error(`There are ${blocks.length} certificates in it; ${MOST_CERTIFICATES} at most.`);
  const certificates = blocks.map(parse);
  const other = certificates.find(({ ca }) => !ca);
  if (other !== undefined)
    throw new Error(`“${nameOf(other)}” is the certificate of a server, not of an authority.`);
  const described = certificates.map((certificate) => describe(certificate, nowMs));
  if (described.every(({ isExpired }) => isExpired)) throw new Error('The certificate has expired.');
  return described;
}

function parse(block: string): X509Certificate {
  try {
    return new X509Certificate(block);
  } catch (error) {
    throw new Error('A certificate in it is damaged.', { cause: error });
  }
}

function describe(certificate: X509Certificate, nowMs: number): AuthorityCertificate {
  const validToMs = Date.parse(certificate.validTo);
  return {
    subject: nameOf(certificate),
    validFromMs: Date.parse(certificate.validFrom),
    validToMs,
    fingerprint: certificate.fingerprint256,
    isExpired: validToMs <= nowMs,
  };
}

/** "Example Root, Example Ltd" out of lines such as `O=Example Ltd\nCN=Example Root`. */
function nameOf({ subject }: X509Certificate): string {
  const lines = subject.split('\n').filter((line) => /^(CN|O|OU)=/.test(line));
  const names = lines.reverse().map((line) => line.replace(/^\w+=/, ''));
  return names.join(', ').slice(0, 200) || 'without a name';
}
