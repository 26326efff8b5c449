/**
 * `node scripts/sign-feed.mjs FILE.yml ...`: signs announcements of a release with the Ed25519 key in
 * QUARTERDECK_UPDATE_PRIVATE_KEY (PKCS #8 in base64) and writes FILE.yml.sig beside each. With `--new-key` it makes a pair and
 * prints both halves; the private one is kept off every disk but the release machine's.
 */
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const words = process.argv.slice(2);
if (words.includes('--new-key')) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const inBase64 = (key, type) => key.export({ format: 'der', type }).toString('base64');
  console.log(`QUARTERDECK_UPDATE_PUBLIC_KEY=${inBase64(publicKey, 'spki')}`);
  console.log(`QUARTERDECK_UPDATE_PRIVATE_KEY=${inBase64(privateKey, 'pkcs8')}`);
} else {
  const secret = process.env.QUARTERDECK_UPDATE_PRIVATE_KEY ?? '';
  if (secret === '' || words.length === 0) {
    console.error('Name the files, and give the key in QUARTERDECK_UPDATE_PRIVATE_KEY.');
    process.exit(2);
  }
  const key = createPrivateKey({ key: Buffer.from(secret, 'base64'), format: 'der', type: 'pkcs8' });
  for (const file of words) {
    writeFileSync(`${file}.sig`, sign(null, readFileSync(file), key).toString('base64'));
    console.log(`${file}.sig`);
  }
}
