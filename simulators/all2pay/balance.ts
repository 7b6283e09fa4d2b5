/**
 * The transit account's balance. Partners are expected to ask for it, but the provider's document has no such method
 * (All2pay payouts document §1, §14 G1): path, request and answer are invented here.
 */
import { CREDENTIAL_FIELDS } from './authentication.js';
import { optionalText, refuseOthers } from './fields.js';
import type { Ledger } from './ledger.js';
import { LANGUAGE } from './payout-body.js';
import type { Handler } from './payouts.js';
import type { Settings } from './settings.js';

export const BALANCE_PATH = '/sim-invented/getBalance.do';

/** What a login without a limit is said to have, before its bookings. */
const UNLIMITED_MINOR = 999_999_999_999;

export function createBalance(ledger: Ledger, settings: Settings): Handler {
  return (login, body) => {
    refuseOthers(body, [...CREDENTIAL_FIELDS, 'language', 'merchantLogin'], 'getBalance');
    optionalText(body, 'language', LANGUAGE);
    const funds = settings.logins.get(login)?.transitBalanceMinor ?? UNLIMITED_MINOR;
    const reserved = ledger.money.reserved(login);
    const available = funds - ledger.money.booked(login) - reserved;
    return {
      answer: {
        httpStatus: 200,
        body: { errorCode: '0', balances: [{ currency: '643', available, reserved }] },
      },
    };
  };
}
