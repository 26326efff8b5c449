/** A market hub in a process of its own that sends 10,000 prices a second and, ten times a second, an account of 500 assets. */
import { startStubHub } from '#electron/backends/market-hub/testing/stub-hub.ts';

export const ASSETS = 500;
const TURN_MS = 10;
const PRICES_A_TURN = 100;
const TURNS_AN_ACCOUNT = 10;

const hub = await startStubHub();
let number = 0;
let turn = 0;
let dueMs = performance.now();
let sending = false;
process.on('message', (wish) => (sending = wish === 'send'));
process.on('disconnect', () => process.exit(0));
process.send?.(hub.address);

setInterval(() => {
  if (!sending) {
    dueMs = performance.now();
    return;
  }
  for (; dueMs <= performance.now(); dueMs += TURN_MS) {
    for (let count = 0; count < PRICES_A_TURN; count += 1) hub.tell(price((number += 1)));
    turn += 1;
    if (turn % TURNS_AN_ACCOUNT === 0) hub.tell(account());
  }
}, TURN_MS);

function price(count) {
  const timestamp = new Date().toISOString().slice(0, -1);
  const data = {
    symbol: `A${count % ASSETS}/USDT`,
    price: 100 + (count % 977) / 100,
    change_24h: 1.25,
    volume_24h: 5e6,
    timestamp,
  };
  return { type: 'price_update', data, timestamp };
}

function account() {
  const timestamp = new Date().toISOString().slice(0, -1);
  // The first are worth most, whatever the prices.
  const balances = Object.fromEntries(
    Array.from({ length: ASSETS }, (_, index) => [`A${index}`, (ASSETS - index) * 10]),
  );
  return { type: 'portfolio_update', data: { total_value: 5e6 + turn, balances, timestamp }, timestamp };
}
