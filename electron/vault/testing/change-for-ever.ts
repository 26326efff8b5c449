import { silentLogger } from '../../lib/logger.ts';
import { createSystemClock } from '../../lib/clock.ts';
import { openVault } from '../vault.ts';
import { CHEAP, deriveKey } from '../../lib/testing/derive-key.ts';

/** A process that changes the passphrase of a vault back and forth until it is killed. Says when it begins. */
const [folder = '', one = '', other = ''] = process.argv.slice(2);
const vault = openVault({
  folder,
  cipher: {
    unavailable: () => 'none here.',
    encrypt() {
      throw new Error('no keychain');
    },
    decrypt() {
      throw new Error('no keychain');
    },
  },
  deriveKey,
  keyCost: CHEAP,
  clock: createSystemClock(),
  log: silentLogger,
});
await vault.unlock(one);
process.stdout.write('begun\n');
for (let [from, to] = [one, other]; ; [from, to] = [to, from]) {
  const { ok, message } = await vault.changePassphrase(from, to);
  if (!ok) throw new Error(message);
}
