/**
 * The simulator by itself, for the account of accounts.yaml and an engine on its usual port.
 *
 *   npx tsx examples/own-provider/simulator/main.ts   # says what to set; Ctrl-C stops it
 */
import { startPocketPaySimulator } from './server.js';

const secret = 'simulated-wallet-secret';
const callback = {
  url: 'http://127.0.0.1:7400/callbacks/pocket',
  secret: 'simulated-callback-secret',
};
const simulator = await startPocketPaySimulator({
  wallets: { 'acme-wallet': { secret, currency: 'EUR', callback } },
  pendingMs: 5_000,
  repeatMs: 2_000,
  port: 7460,
});
console.log(`export POCKET_PAY_BASE_URL=${simulator.baseUrl}`);
console.log(`export POCKET_PAY_SECRET=${secret}`);
console.log(`export POCKET_PAY_CALLBACK_SECRET=${callback.secret}`);
