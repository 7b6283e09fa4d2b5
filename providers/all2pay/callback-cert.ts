import { createPublicKey } from 'node:crypto';
import { rsaFault, type Fault } from '../config-checks.js';

/** A PEM certificate or public key. The gateway family's own sample key has 1024 bits (§13). */
export function callbackCertFault(pem: string): Fault {
  if (pem.includes('PRIVATE KEY')) return 'Is a private key: give the certificate or public key only';
  try {
    return rsaFault(createPublicKey(pem), 1024);
  } catch {
    return 'Is neither a certificate nor a public key in PEM';
  }
}
