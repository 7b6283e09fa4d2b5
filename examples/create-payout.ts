/**
 * Makes one payout with the client library and waits for its outcome.
 *
 *   alias payouts="node $PWD/dist/cli/main.js"
 *   payouts up                                  # in another terminal; npm run demo has built it
 *   npx tsx examples/create-payout.ts bonus-17
 */
import { readFileSync } from 'node:fs';
import { createPayoutClient, type PayloadKeys } from 'payout-engine';

// In production: what the workers have as PAYOUTS_PAYLOAD_KEYS.
const { payloadKeys } = JSON.parse(readFileSync('.payouts/up.json', 'utf8')) as { payloadKeys: PayloadKeys };

const payouts = await createPayoutClient({
  address: '127.0.0.1:7233', // Temporal: the library needs nothing else, no database
  payloadKeys, // the engine encrypts what it keeps there
  sealing: { gatewayUrl: 'http://127.0.0.1:7400' }, // where the public key for card numbers is
});
const payout = await payouts.create({
  merchant: 'acme',
  payoutId: process.argv[2] ?? 'bonus-17', // yours; the same id with the same content never pays twice
  account: 'acme-a2p',
  amount: { minor: 150_000, currency: 'RUB' }, // 1500.00 RUB
  destination: { type: 'card', number: '2200000000000004' }, // sealed before it leaves this process
});
console.log(payout.status, payout.action?.url ?? ''); // processing, an outcome, or where to send the recipient
const settled = await payouts.wait(payout);
console.log(settled.status, settled.reference ?? settled.reason?.message ?? '');
await payouts.close();
