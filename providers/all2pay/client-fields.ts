import type { DestinationType, Recipient } from '../../domain/payout-request.js';
import type { Problem } from '../../domain/problem.js';
import type { Order } from '../port.js';
import type { All2payConfig } from './config.js';

/** Limits of the `client` object (All2pay payouts document §3). */
export const MAX_CLIENT_ID = 30;
const MAX = { clientId: MAX_CLIENT_ID, email: 30, name: 24 } as const;
const RUSSIAN_PHONE = /^(?:00)?7(\d{10})$/;

interface Client {
  readonly clientId: string | undefined;
  readonly email: string | undefined;
  /** Ten digits, no country code. */
  readonly phone: string | undefined;
  readonly name: string | undefined;
  readonly [field: string]: string | undefined;
}

/** The `client` object; undefined when there is nothing to say about the recipient. */
export function clientOf(
  { recipient, destination, source }: Pick<Order, 'recipient' | 'destination' | 'source'>,
  config: Pick<All2payConfig, 'requireClientName'>,
): Client | undefined {
  const client: Client = {
    // There is one field for the owner of whatever binding is used, and a recipient's own id is needed for none else.
    clientId: destination.type === 'stored_card' ? recipient?.id : (source?.ownerId ?? recipient?.id),
    email: recipient?.email,
    phone: RUSSIAN_PHONE.exec(recipient?.phone ?? '')?.[1],
    name: sendsName(destination.type, config) ? clientName(recipient) : undefined,
  };
  return Object.values(client).some((value) => value !== undefined) ? client : undefined;
}

/** What does not fit into the `client` object. Nothing is cut to fit. */
export function clientProblems(
  recipient: Recipient | undefined,
  destination: DestinationType,
  config: Pick<All2payConfig, 'requireClientName'>,
): readonly Problem[] {
  const problems: Problem[] = [];
  const { id, email, phone } = recipient ?? {};
  if (id !== undefined && (id.length < 1 || id.length > MAX.clientId)) {
    problems.push(tooLong('recipient.id', id.length, MAX.clientId));
  }
  if (destination === 'stored_card' && id === undefined) {
    problems.push({
      field: 'recipient.id',
      problem: 'is missing; All2pay pays to a stored card only together with its owner',
      remedy: 'Give the recipient id under which the card was stored',
    });
  }
  if (email !== undefined && (email.length < 1 || email.length > MAX.email)) {
    problems.push(tooLong('recipient.email', email.length, MAX.email));
  }
  if (phone !== undefined && !RUSSIAN_PHONE.test(phone)) {
    problems.push({
      field: 'recipient.phone',
      problem: 'is not a Russian number of the form 79160001122',
      remedy: 'Write 7 and ten digits, without plus sign and blanks, or leave the phone out',
    });
  }
  if (sendsName(destination, config)) problems.push(...nameProblems(clientName(recipient), config));
  return problems;
}

function nameProblems(
  name: string | undefined,
  { requireClientName }: Pick<All2payConfig, 'requireClientName'>,
): readonly Problem[] {
  const field = 'recipient.firstName, recipient.lastName';
  if (name === undefined && requireClientName) {
    return [
      {
        field,
        problem: 'are missing; this account must name the recipient',
        remedy: 'Give the first and last name',
      },
    ];
  }
  if (name === undefined || name.length <= MAX.name) return [];
  return [
    {
      field,
      problem: `${name.length} characters together, at most ${MAX.name}`,
      remedy: requireClientName ? 'Shorten the names' : 'Shorten the names, or leave them out',
    },
  ];
}

/** SBP has the names in its target, of any length, so `client.name` (24 characters) is left out where it may be. */
function sendsName(
  destination: DestinationType,
  { requireClientName }: Pick<All2payConfig, 'requireClientName'>,
): boolean {
  return destination !== 'phone' || requireClientName;
}

function clientName(recipient: Recipient | undefined): string | undefined {
  return [recipient?.firstName, recipient?.lastName].filter(Boolean).join(' ') || undefined;
}

function tooLong(field: string, length: number, max: number): Problem {
  return {
    field,
    problem: `${length} characters, must be 1 to ${max}`,
    remedy: 'Shorten it, or leave it out',
  };
}
