import { describe, expect, it } from 'vitest';
import { CARD, csvOf, HEADER, problemsOf, read, ROW, rowsOf } from './csv-fixture.js';

describe('the forms in which a good file may come', () => {
  const wanted = [
    {
      line: 2,
      request: {
        merchant: 'acme',
        payoutId: 'P-1',
        account: 'acme-a2p',
        amount: { minor: 10050, currency: 'RUB' },
        destination: { type: 'card', number: CARD },
      },
    },
  ];
  const text = `${HEADER}\n${ROW}\n`;
  it.each([
    ['comma, LF', text],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['old Mac line breaks', text.replaceAll('\n', '\r')],
    ['byte order mark', `\ufeff${text}`],
    ['byte order mark, semicolon, CRLF', `\ufeff${text.replaceAll(',', ';').replaceAll('\n', '\r\n')}`],
    ['tab', text.replaceAll(',', '\t')],
    ['no line break at the end', text.trimEnd()],
    ['blanks around the cells', text.replaceAll(',', ' , ')],
    ['everything quoted', text.replaceAll(/[^,\n]+/g, '"$&"')],
    [
      'names as people write them',
      text.replace('payout_id', 'Payout ID').replace('card_number', 'CARD-NUMBER'),
    ],
  ])('%s', (_, file) => {
    expect(rowsOf(file)).toEqual(wanted);
  });

  it('passes over blank lines and rows of empty cells, and counts lines as an editor does', () => {
    const rows = rowsOf(`\n${HEADER}\n\n${ROW}\n,,,,,,\n${ROW.replace('P-1', 'P-2')}\n`);
    expect(rows.map((row) => [row.request.payoutId, row.line])).toEqual([
      ['P-1', 4],
      ['P-2', 6],
    ]);
  });

  it('keeps line breaks, delimiters and quotes inside quoted cells, and the lines after them right', () => {
    const file = `${HEADER},description\r\n${ROW},"for ""May"";\r\nand, June"\r\n${ROW.replace('acme,', 'ACME,')},x\r\n`;
    expect(problemsOf(file)).toEqual([expect.stringMatching(/^line 4, merchant: is not a merchant id\./)]);
    const good = file.replace('ACME', 'acme');
    expect(rowsOf(good)[0]?.request.description).toBe('for "May";\nand, June');
  });

  it('takes the delimiter of the header, whatever the cells hold', () => {
    const file =
      `${HEADER},description`.replaceAll(',', ';') + `\n${ROW.replaceAll(',', ';')};a,b,c,d,e,f,g,h,i\n`;
    expect(rowsOf(file)[0]?.request.description).toBe('a,b,c,d,e,f,g,h,i');
  });

  it('keeps leading zeros', () => {
    const [row] = rowsOf(
      csvOf({
        destination: 'bank_account',
        card_number: '',
        account_number: '0012300',
        bank_code: '044525225',
      }),
    );
    expect(row?.request.destination).toEqual({
      type: 'bank_account',
      accountNumber: '0012300',
      bankCode: '044525225',
    });
  });

  it('fills in the default merchant where a row names none', () => {
    const rows = rowsOf(`${HEADER}\n${ROW}\n${ROW.replace('acme,', ',')}\n`, { defaultMerchant: 'shop' });
    expect(rows.map((row) => row.request.merchant)).toEqual(['acme', 'shop']);
    expect(
      rowsOf(csvOf({}).replace('"acme",', '').replace('merchant,', ''), { defaultMerchant: 'shop' }),
    ).toHaveLength(1);
  });

  it('lets the same payout appear twice: a repeat is harmless, a differing one is for the engine to refuse', () => {
    expect(rowsOf(`${HEADER}\n${ROW}\n${ROW}\n${ROW.replace('10050', '10051')}\n`)).toHaveLength(3);
  });

  it('reads every kind of destination, the recipient and the pages', () => {
    const empty = { card_number: '' };
    const destinations = [
      csvOf({ ...empty, destination: 'stored_card', stored_card_id: 'bind-1' }),
      csvOf({ ...empty, destination: 'phone', phone: '79160001122', bank_id: '100000000111' }),
      csvOf({ ...empty, destination: 'wallet', wallet_scheme: 'yoomoney', wallet_id: '410011' }),
    ].map((file) => rowsOf(file)[0]?.request.destination);
    expect(destinations).toEqual([
      { type: 'stored_card', storedCardId: 'bind-1' },
      { type: 'phone', phone: '79160001122', bankId: '100000000111' },
      { type: 'wallet', scheme: 'yoomoney', walletId: '410011' },
    ]);
    const [row] = rowsOf(
      csvOf({
        ...empty,
        destination: 'hosted_page',
        return_url: 'https://shop.example/ok',
        failure_url: 'https://shop.example/no',
        source_card: 'payer-1',
        recipient_id: 'anna',
        first_name: 'Анна',
        recipient_phone: '79160001122',
        order_id: 'w-1',
        batch: 'may',
        expect: 'expired',
        visitor: 'abandon',
      }),
    );
    expect(row).toMatchObject({
      expect: 'expired',
      visitor: 'abandon',
      request: {
        destination: { type: 'hosted_page' },
        source: { type: 'stored_card', storedCardId: 'payer-1' },
        recipient: { id: 'anna', firstName: 'Анна', phone: '79160001122' },
        returnUrls: { success: 'https://shop.example/ok', failure: 'https://shop.example/no' },
        orderId: 'w-1',
        batch: 'may',
      },
    });
  });
});

describe('a bad file is refused as a whole, in words', () => {
  it.each([
    ['nothing', '', 'the file: is empty. Write the header line'],
    ['blank lines', '\ufeff\n \n', 'the file: is empty'],
    ['a header alone', `${HEADER}\n`, 'the file: has a header and no payouts. Add one line per payout'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0]), 'the file: is in UTF-16. Save the file as "CSV UTF-8"'],
    ['another encoding', new Uint8Array([0x61, 0xe0, 0xe1]), 'the file: is not in UTF-8'],
    ['a spreadsheet', new Uint8Array([0x50, 0x4b, 3, 4]), 'the file: is a spreadsheet'],
    ['an open quote', `${HEADER}\n"${ROW}\n`, 'a quote that opens here is never closed'],
    [
      'text after a quote',
      `${HEADER}\n"P-1"x,acme\n`,
      'line 2: a quoted cell goes on after its closing quote',
    ],
    ['a quote amid a cell', `${HEADER}\nP"1,acme\n`, 'line 2: a quote stands in the middle of a cell'],
    ['a cell too many', `${HEADER}\n${ROW},x\n`, 'line 2: has 8 cells, the header has 7'],
    ['a cell too few', `${HEADER}\nP-1\n`, 'line 2: has 1 cells, the header has 7'],
    [
      'a missing column',
      csvOf({}).replace('amount', 'description'),
      'line 1, amount: this column is missing. Add it',
    ],
    [
      'an unknown column',
      csvOf({ emial: 'x' }),
      'line 1: "emial" is not a known column. Did you mean "email"?',
    ],
    [
      'a strange column',
      csvOf({ zzzzzzzz: 'x' }),
      '"zzzzzzzz" is not a known column. The columns are: payout_id',
    ],
    ['a column twice', csvOf({ 'Payout ID': 'x' }), 'line 1, payout_id: this column appears twice'],
    ['a column without a name', csvOf({ '': 'x' }), 'line 1: column 8 has no name'],
    ['no merchant at all', csvOf({}).replace('merchant', 'batch'), '--merchant'],
  ])('%s', (_, file, words) => {
    expect(problemsOf(file).join('\n')).toContain(words);
  });

  it('names all missing columns and the known ones', () => {
    const problems = problemsOf('payout_id\nP-1\n', { defaultMerchant: 'acme' });
    expect(problems.map((line) => line.split(':')[0])).toEqual(
      ['account', 'amount', 'currency', 'destination'].map((name) => `line 1, ${name}`),
    );
    expect(problems[0]).toContain('The columns are: payout_id, merchant, account');
  });
});

describe('a bad cell is told by line and column', () => {
  const hosted = { destination: 'hosted_page', card_number: '' };
  const phone = { destination: 'phone', card_number: '', phone: '79160001122', bank_id: '100000000111' };
  it.each([
    ['payout_id', csvOf({ payout_id: '' }), 'is empty'],
    ['payout_id', csvOf({ payout_id: 'a b' }), 'is not a payout id'],
    ['merchant', csvOf({ merchant: '' }), 'is empty and there is no default merchant'],
    ['account', csvOf({ account: 'Acme!' }), 'is not an account id'],
    [
      'amount',
      csvOf({ amount: '100.50' }),
      '"100.50" is not a whole number of minor units. Write a whole number',
    ],
    ['amount', csvOf({ amount: '1 000' }), 'is not a whole number of minor units'],
    ['amount', csvOf({ amount: '-5' }), '"-5" is negative'],
    ['amount', csvOf({ amount: '0' }), 'is zero'],
    ['amount', csvOf({ amount: '1000000000000' }), 'is more than 999999999999 minor units'],
    ['amount', csvOf({ amount: '9'.repeat(400) }), 'has 400 digits'],
    ['amount', csvOf({ amount: '1E+20' }), '"1E+20" is a number that a spreadsheet shortened'],
    ['amount', csvOf({ amount: '1,5e10' }), 'a spreadsheet shortened'],
    ['amount', csvOf({ amount: '=1+1' }), '"=1+1" is a formula where digits are expected'],
    ['amount', csvOf({ amount: '@SUM(A1)' }), 'is a formula'],
    ['amount', csvOf({ amount: 'ten' }), '"ten" is not a number'],
    ['amount', csvOf({ amount: '0x10' }), 'is not a number'],
    ['amount', csvOf({ amount: '١٠٠' }), 'is not a number'],
    ['currency', csvOf({ currency: 'RUR' }), 'is not an ISO 4217 currency'],
    ['currency', csvOf({ currency: 'rub' }), 'must be written in capitals. Write RUB'],
    [
      'destination',
      csvOf({ destination: 'crad' }),
      '"crad" is not known here. Did you mean "card"? Write one of: card',
    ],
    [
      'card_number',
      csvOf({ card_number: '' }),
      'is empty, but the destination is card. A card row needs card_number',
    ],
    ['card_number', csvOf({ card_number: '2200000000000005' }), 'fails the check digit (Luhn)'],
    [
      'card_number',
      csvOf({ card_number: '2200 0000 0000 0004' }),
      'its value has other characters among its digits',
    ],
    ['card_number', csvOf({ card_number: '2.2E+15' }), 'its value is a number that a spreadsheet shortened'],
    ['stored_card_id', csvOf({ stored_card_id: 'bind-1' }), 'is filled in, but the destination is card'],
    ['phone', csvOf({ ...phone, phone: '+79160001122' }), 'has other characters among its digits'],
    ['phone', csvOf({ ...phone, phone: '8 (916) 000-11-22' }), 'has other characters among its digits'],
    ['phone', csvOf({ ...phone, phone: '7916' }), 'is not a phone number in digits'],
    ['phone', csvOf({ ...phone, phone: 'anna' }), '"anna" is not a number'],
    ['bank_id', csvOf({ ...phone, bank_id: '' }), 'A phone row needs phone and bank_id'],
    ['return_url', csvOf(hosted), 'is empty, but the destination is hosted_page'],
    ['return_url', csvOf({ ...hosted, return_url: '/ok' }), 'is not an absolute URL'],
    ['email', csvOf({ email: 'anna' }), 'is not an e-mail address'],
    ['description', csvOf({ description: `pay ${CARD}` }), 'looks like a card number'],
    ['expect', csvOf({ expect: 'suceeded' }), 'Did you mean "succeeded"?'],
    ['visitor', csvOf({ visitor: 'run away' }), 'Write one of: complete, abandon, cancel'],
  ])('%s: %#', (column, file, words) => {
    const problems = problemsOf(file);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^line 2, ${column}: `));
    expect(problems[0]).toContain(words);
  });

  it('tells all problems of all rows at once, one per cell', () => {
    const bad = `,acme,acme-a2p,1E+20,RUR,card,${CARD}`;
    expect(
      problemsOf(`${HEADER}\n${ROW}\n${bad}\n${ROW.replace('10050', '=1')}\n`).map(
        (line) => line.split(':')[0],
      ),
    ).toEqual(['line 3, payout_id', 'line 3, amount', 'line 3, currency', 'line 4, amount']);
  });

  it('never repeats a card number, in whichever cell it stands and however it is spaced', () => {
    const names = [
      'payout_id',
      'account',
      'amount',
      'currency',
      'destination',
      'card_number',
      'phone',
      'email',
      'visitor',
    ];
    for (const value of [CARD, '2200 0000 0000 0004', `=${CARD}`, `${CARD}x`, `2200-0000-0000-0004`]) {
      for (const name of names)
        expect(problemsOf(csvOf({ [name]: value })).join('\n')).not.toMatch(/2200.?0000/);
      expect(problemsOf(csvOf({ [value]: 'x' })).join('\n')).not.toMatch(/2200.?0000/);
      expect(problemsOf(`${ROW}\n${ROW}\n`).join('\n')).not.toContain(CARD);
      expect(problemsOf(`${HEADER}\n"${value}"x\n`).join('\n')).not.toMatch(/2200.?0000/);
    }
  });

  it('answers with all rows or none', () => {
    const file = read(`${HEADER}\n${ROW}\n${ROW.replace('acme-a2p', '')}\n`);
    expect(file).not.toHaveProperty('rows');
  });
});
