import type { Lacking } from '../port.js';

/** What Payneteasy does not offer to us, in words. */
export const NO_CARDS: Lacking = {
  lacking:
    "Cards are registered with Payneteasy elsewhere, outside of this engine: pay to a stored_card by the provider's own reference (destination-card-ref-id)",
};

/** Payneteasy §6.7. */
export const NO_STATEMENT: Lacking = {
  lacking: 'Payneteasy has no public statement: look at its back office, or import a file exported there',
};

/** Payneteasy §6.7. */
export const NO_REGISTRY: Lacking = {
  lacking:
    'Payneteasy has no public registry of orders: each order is asked for by its status; for more, import a file exported from its back office',
};

export const NO_CALLBACK_REPEAT: Lacking = {
  lacking:
    'Payneteasy cannot be asked to send a callback again: it repeats by itself, up to 30 times in 14 days, and the polls ask meanwhile',
};
