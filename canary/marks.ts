/** Something secret that a run puts in, and that must not be found again. */
export interface Mark {
  readonly what: string;
  /** `person`: readable where docs/architecture.md says so, in the journal; the others nowhere. */
  readonly secrecy: 'card' | 'credential' | 'person';
  readonly text: string;
}

/** One for each way that a card comes in, so that a hit names its way. All pass the Luhn check. */
export const CARDS = {
  byClient: '2200000000180004',
  byApi: '2200000000260004',
  declined: '2200000000340004',
  unknown: '2200000000420004',
  toPayneteasy: '4111110000420104',
  toDisbursement: '4000000073020812',
  storedByClient: '2200700000770809',
  storedByApi: '2200700000850809',
  typedAtPage: '2200000000590004',
  typedByPayer: '4111111111111111',
  inRefusedField: '2200000000670004',
  inForgedCallback: '2200000000750004',
} as const;

/** Three digits stand by chance in every other id: they are looked for as what a field holds. */
export const CVV = '739';

export const PERSON = {
  firstName: 'Canaryfirst',
  lastName: 'Canarylast',
  middleName: 'Canarymiddle',
  phone: '79160007391',
  email: 'canary-7391@people.test',
} as const;
/** As banks want it that pay to a phone. */
export const CYRILLIC = { firstName: 'Канарейка', lastName: 'Жёлтенькая', middleName: 'Пташкина' } as const;
export const PAYER = { email: 'payer-7391@people.test', id: 'canary-payer-7391' } as const;
export const DESCRIPTION = 'Canary description 7391';
export const HOLDER = 'CANARY HOLDER';

/** What somebody sends who has no key, or the wrong one. */
export const FORGED_KEY = `payk_0123456789abcdef_${'Canary7391'.repeat(4)}abc`;

/** What this run puts in, whatever else it has of secrets. */
export function marksOf(credentials: Readonly<Record<string, string>>): readonly Mark[] {
  return [
    ...markAll('card', CARDS),
    ...[`"${CVV}"`, `cvv=${CVV}`, `cvv2=${CVV}`, `cvc=${CVV}`, `code=${CVV}`].map((text): Mark => ({
      what: 'CVV',
      secrecy: 'card',
      text,
    })),
    ...markAll('credential', { forgedKey: FORGED_KEY, ...credentials }),
    ...markAll('person', CYRILLIC),
    ...markAll('person', { ...PERSON, payerEmail: PAYER.email, payerId: PAYER.id, DESCRIPTION, HOLDER }),
  ];
}

function markAll(secrecy: Mark['secrecy'], texts: Readonly<Record<string, string>>): Mark[] {
  return Object.entries(texts).map(([what, text]) => ({ what, secrecy, text }));
}
