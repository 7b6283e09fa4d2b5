import type { SealedPayoutRequest } from '../../domain/payout-request.js';
import type { Order } from '../port.js';
import type { PayneteasyConfig } from './config.js';

/** What both an order and the request that it was made from say of a payout. */
type Payout = Pick<
  Order | SealedPayoutRequest,
  'destination' | 'recipient' | 'description' | 'returnUrls' | 'providerFields'
>;

/** One field as it will be sent, and where in the payout it comes from. */
export interface PayoutField {
  readonly name: string;
  readonly value: string;
  /** For problems: `recipient.firstName`. */
  readonly from: string;
}

type Settings = Pick<PayneteasyConfig, 'allowedFields' | 'bankCodeField'>;

/** What a payout says beside id, amount and callback address, in the provider's names (§6.1, §6.2). */
export function payoutFields(payout: Payout, settings: Settings): readonly PayoutField[] {
  const { recipient, description, returnUrls, providerFields = {} } = payout;
  const ofRecipient = [
    field('first_name', recipient?.firstName, 'recipient.firstName'),
    field('last_name', recipient?.lastName, 'recipient.lastName'),
    field('phone', recipient?.phone, 'recipient.phone'),
  ].filter(({ name }) => settings.allowedFields.includes(name));
  const all = [
    field('order_desc', description, 'description'),
    field('redirect_url', returnUrls?.success, 'returnUrls.success'),
    ...destinationFields(payout.destination, settings),
    ...ofRecipient,
    ...Object.entries(providerFields).map(([name, value]) => field(name, value, `providerFields.${name}`)),
  ];
  return all.flatMap(({ name, value, from }) => (value === undefined ? [] : [{ name, value, from }]));
}

/** A sealed card stands with its masked number, which is as long as the true one. */
function destinationFields(
  destination: Payout['destination'],
  { bankCodeField }: Settings,
): readonly MaybeField[] {
  switch (destination.type) {
    case 'card': {
      const number = 'number' in destination ? destination.number : destination.masked;
      return [field('credit_card_number', number, 'destination.number')];
    }
    case 'stored_card':
      return [field('destination-card-ref-id', destination.storedCardId, 'destination.storedCardId')];
    case 'bank_account':
      return [
        field('account_number', destination.accountNumber, 'destination.accountNumber'),
        ...(bankCodeField === 'none'
          ? []
          : [field(bankCodeField, destination.bankCode, 'destination.bankCode')]),
      ];
    default:
      throw new Error(`Payneteasy cannot pay to a ${destination.type}`);
  }
}

interface MaybeField {
  readonly name: string;
  readonly value: string | undefined;
  readonly from: string;
}

function field(name: string, value: string | undefined, from: string): MaybeField {
  return { name, value, from };
}
