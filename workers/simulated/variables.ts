import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/** The credentials that `examples/accounts*.yaml` refer to. They open nothing but the simulator. */
const PASSWORDS = {
  ACME_A2P_PASSWORD: 'simulated-password-1',
  ACME_A2P_CALLBACK_SECRET: 'simulated-callback-secret',
  ACME_A2P_POLL_PASSWORD: 'simulated-password-2',
  ACME_A2P_SETOKEN_PASSWORD: 'simulated-password-3',
  ACME_A2P_SIGNED_PASSWORD: 'simulated-password-4',
  ACME_8B_SECRET: 'simulated-service-secret-1',
  ACME_8B_USD_SECRET: 'simulated-service-secret-2',
  ACME_PNE_CONTROL: 'simulated-control-key-1',
  ACME_PNE_TWO_CONTROL: 'simulated-control-key-2',
  ACME_SHOP_SECRET: 'simulated-shop-secret',
} as const;

interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Made when first asked for, and anew in each process: none needs to be kept anywhere. */
function keyPair(): () => KeyPair {
  let made: KeyPair | undefined;
  return () =>
    (made ??= generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    }));
}

/** Signs the requests of the example accounts. The simulator is told the public half. */
const requestSigner = keyPair();

/** Signs the simulators' callbacks where an account wants a signature instead of a shared secret. */
export const callbackSigner = keyPair();

/** Made only where they are referred to: a key takes a moment. */
const KEYS: Readonly<Record<string, () => string>> = {
  ACME_A2P_SIGNING_KEY: () => requestSigner().privateKey,
  ACME_PNE_SIGNING_KEY: () => requestSigner().privateKey,
  ALL2PAY_CALLBACK_CERT: () => callbackSigner().publicKey,
};

/** What the references of an accounts file find in an embedded engine, beside the simulators' addresses. */
export function embeddedVariables(accountsFile: string): Readonly<Record<string, string>> {
  const text = existsSync(accountsFile) ? readFileSync(accountsFile, 'utf8') : '';
  const named = Object.entries(KEYS).filter(([name]) => text.includes(name));
  return { ...PASSWORDS, ...Object.fromEntries(named.map(([name, make]) => [name, make()])) };
}
