import type { CallbackRepeat, Lacking } from '../port.js';
import type { Account } from './account.js';
import { notifyFields, signedBody } from './requests.js';

const LACKING: Lacking = { lacking: 'Callbacks are not enabled for this account (callbacksEnabled)' };

/** `notify` has the provider send the callback of an ended operation once more; its own answer means nothing (8b Disbursement §5.6). */
export function createCallbackRepeat({ config, exchange, now }: Account): CallbackRepeat | Lacking {
  if (!config.callbacksEnabled) return LACKING;
  return {
    everyMs: config.notifyEverySecs * 1000,
    async ask(query, signal) {
      await exchange.post('notify', signedBody('notify', notifyFields(query, config, now()), config), signal);
    },
  };
}
