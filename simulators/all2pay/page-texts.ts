/** The words of the hosted page. All2pay payouts document §5 "language". */

const EN = {
  title: 'Receive your payout',
  amount: 'Amount',
  order: 'Order',
  card: 'Card number',
  hint: 'The money is sent to this card at once.',
  pay: 'Pay',
  cancel: 'Cancel',
  badCard: 'Please check the card number: it does not look right.',
  refusedCard: 'This card cannot receive the payout. Please try another card.',
  paid: 'The payout has been sent.',
  pending: 'The payout is being processed.',
  confirm: 'Your bank asks for your confirmation.',
  challenge: 'Confirm with your bank',
  approve: 'Confirm',
  refuse: 'Refuse',
  declined: 'The payout was declined.',
  expired: 'This page has expired.',
  unknown: 'This page does not exist.',
  failed: 'Something went wrong. Please ask the sender about your payout.',
  back: 'Back to the sender',
  note: 'Simulator of the provider\u2019s page: no real money moves.',
};

export type PageTexts = typeof EN;

const RU: PageTexts = {
  title: 'Получение выплаты',
  amount: 'Сумма',
  order: 'Заказ',
  card: 'Номер карты',
  hint: 'Деньги поступят на эту карту сразу.',
  pay: 'Получить',
  cancel: 'Отменить',
  badCard: 'Проверьте номер карты: в нём ошибка.',
  refusedCard: 'На эту карту выплата невозможна. Попробуйте другую.',
  paid: 'Выплата отправлена.',
  pending: 'Выплата обрабатывается.',
  confirm: 'Ваш банк просит подтверждения.',
  challenge: 'Подтвердите операцию в банке',
  approve: 'Подтвердить',
  refuse: 'Отказаться',
  declined: 'В выплате отказано.',
  expired: 'Срок действия страницы истёк.',
  unknown: 'Такой страницы нет.',
  failed: 'Что-то пошло не так. Спросите о выплате у отправителя.',
  back: 'Вернуться к отправителю',
  note: 'Симулятор страницы провайдера: деньги не движутся.',
};

export function pageTexts(language: string): PageTexts {
  return language === 'ru' ? RU : EN;
}
