import type { ClearDestination, Recipient, SealedDestination } from '../../domain/payout-request.js';
import type { Order } from '../port.js';
import { wireAmount } from './amount.js';
import type { EightbConfig } from './config.js';
import { wireDateTime } from './dates.js';
import { chooseDirection, type Direction } from './directory.js';
import type { Fields } from './form.js';

/** The fields of `payout` before the hash (8b Disbursement §5.1). `acceptedAt` makes a resend the same bytes (§8). */
export function payoutFields(order: Order, config: EightbConfig): Fields {
  const chosen = chooseDirection(config.destinations, order);
  const amount = wireAmount(order.amount, config);
  const phone = phoneOf(order, config);
  const name = fullName(order.recipient);
  if (chosen.kind !== 'one' || amount === undefined || phone === undefined || name === undefined) {
    throw new Error('This order was not validated');
  }
  return {
    id: order.orderId,
    dt: wireDateTime(Date.parse(order.acceptedAt), config.providerTimeZone),
    amount,
    currency: order.amount.currency,
    phone,
    client: clientOf(order.destination),
    destination: chosen.code,
    receiver_fio: name,
    ...optionalFields(order, chosen.direction),
  };
}

interface Described {
  readonly destination: SealedDestination | ClearDestination;
  readonly recipient?: Recipient | undefined;
  readonly description?: string | undefined;
  readonly providerFields?: Readonly<Record<string, string>> | undefined;
}

/** What a request says beside the fields of every payout: its own extras, and what the direction wants that we know. */
export function optionalFields(request: Described, { requiredFields }: Direction): Fields {
  const known: Readonly<Record<string, string | undefined>> = {
    email: request.recipient?.email,
    detailsofpayment: request.description,
  };
  const wanted = Object.entries(known).filter(([name]) => requiredFields.includes(name));
  const { destination: _choice, ...extras } = request.providerFields ?? {};
  const all = { ...Object.fromEntries(wanted), ...extras, receiver_bic: bankOf(request) };
  return Object.fromEntries(
    Object.entries(all).filter(
      (field): field is [string, string] => field[1] !== undefined && field[1] !== '',
    ),
  );
}

/** The bank's code, which the destination itself may say. */
function bankOf({ destination, providerFields }: Described): string | undefined {
  if (destination.type === 'bank_account') return destination.bankCode;
  return destination.type === 'phone' ? destination.bankId : providerFields?.['receiver_bic'];
}

/** `phone` is not validated by the provider, and a static one is allowed (§5.1). */
export function phoneOf(
  { recipient, destination }: Described,
  { defaultPhone }: Pick<EightbConfig, 'defaultPhone'>,
): string | undefined {
  return recipient?.phone ?? (destination.type === 'phone' ? destination.phone : defaultPhone);
}

/** `receiver_fio`: first and last name (§5.1). */
export function fullName(recipient: Recipient | undefined): string | undefined {
  const { firstName = '', lastName = '' } = recipient ?? {};
  return firstName === '' || lastName === '' ? undefined : `${firstName} ${lastName}`;
}

/** `client`: where the money goes. */
export function clientOf(destination: ClearDestination): string {
  switch (destination.type) {
    case 'bank_account':
      return destination.accountNumber;
    case 'card':
      return destination.number;
    case 'phone':
      return destination.phone;
    case 'wallet':
      return destination.walletId;
    default:
      throw new Error(`8b Disbursement cannot pay to a ${destination.type}`);
  }
}
