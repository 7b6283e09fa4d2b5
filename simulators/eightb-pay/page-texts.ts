/** The words of the hosted page. 8b.world /pay §4.1 `lang`. */
const EN = {
  title: 'Payment',
  amount: 'Amount',
  order: 'Order',
  card: 'Card number',
  expiry: 'Valid to (MM/YY)',
  code: 'Security code',
  holder: 'Cardholder',
  pay: 'Pay',
  leave: 'Back to the shop',
  badCard: 'Please check the card data: something does not look right.',
  declined: 'The payment was declined. Please try again, or another card.',
  paid: 'The payment has been made.',
  processing: 'The payment is being processed.',
  challenge: 'Confirm with your bank',
  approve: 'Confirm',
  refuse: 'Refuse',
  expired: 'This page has expired.',
  unknown: 'This page does not exist.',
  note: 'Simulator of the provider\u2019s page: no real money moves.',
};

export type PageTexts = typeof EN;

const UK: PageTexts = {
  title: 'Оплата',
  amount: 'Сума',
  order: 'Замовлення',
  card: 'Номер картки',
  expiry: 'Дійсна до (ММ/РР)',
  code: 'Код безпеки',
  holder: 'Власник картки',
  pay: 'Сплатити',
  leave: 'Повернутися до магазину',
  badCard: 'Перевірте дані картки: щось не так.',
  declined: 'Оплату відхилено. Спробуйте ще раз або іншу картку.',
  paid: 'Оплату здійснено.',
  processing: 'Оплата обробляється.',
  challenge: 'Підтвердьте у своєму банку',
  approve: 'Підтвердити',
  refuse: 'Відмовитися',
  expired: 'Термін дії сторінки минув.',
  unknown: 'Такої сторінки немає.',
  note: 'Симулятор сторінки провайдера: гроші не рухаються.',
};

export function pageTexts(lang: string): PageTexts {
  return lang === 'uk' ? UK : EN;
}
