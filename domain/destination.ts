import type { SealedDestination } from './payout-request.js';

/** A destination for lists, logs and the Temporal UI: recognisable, never readable in full. */
export function describeDestination(destination: SealedDestination): string {
  switch (destination.type) {
    case 'card':
      return `card ${destination.masked}`;
    case 'stored_card':
      return `stored card ${shorten(destination.storedCardId)}`;
    case 'phone':
      return `phone ${maskPhone(destination.phone)}`;
    case 'bank_account':
      return `account ${'*'.repeat(6)}${destination.accountNumber.slice(-4)}`;
    case 'wallet':
      return `${destination.scheme} wallet ${'*'.repeat(4)}${destination.walletId.slice(-3)}`;
    case 'hosted_page':
      return 'hosted page';
  }
}

function maskPhone(phone: string): string {
  return `${phone.slice(0, 2)}${'*'.repeat(Math.max(0, phone.length - 6))}${phone.slice(-4)}`;
}

function shorten(id: string): string {
  return id.length <= 12 ? id : `${id.slice(0, 8)}…`;
}
