/** What Pocket Pay knows: its transfers, and each time that money moved. And, for tests, what arrived. */

/** Pocket Pay §4, without the card and the name: nobody needs them afterwards. */
export interface Transfer {
  readonly key: string;
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly state: 'pending' | 'paid' | 'refused';
  readonly reference?: string | undefined;
  readonly reason?: string | undefined;
}

export interface Arrived {
  /** Requests that could move money, and questions, whatever became of them. */
  readonly money: number;
  readonly status: number;
}

export interface Books {
  find(id: string): Transfer | undefined;
  save(transfer: Transfer): Transfer;
  /** Money moves. Counted and never forbidden here, so that moving it twice would show. */
  book(transfer: Transfer): Transfer;
  bookings(id: string): readonly { readonly amount: number; readonly reference: string }[];
  count(on: 'money' | 'status', id: string): void;
  arrived(id: string): Arrived;
}

export function createBooks(): Books {
  const transfers = new Map<string, Transfer>();
  const booked: { id: string; amount: number; reference: string }[] = [];
  const counts = new Map<string, Arrived>();
  const arrived = (id: string): Arrived => counts.get(id) ?? { money: 0, status: 0 };
  const save = (transfer: Transfer): Transfer => {
    transfers.set(transfer.id, transfer);
    return transfer;
  };
  return {
    find: (id) => transfers.get(id),
    save,
    book(transfer) {
      const reference = `PP${100_001 + booked.length}`;
      booked.push({ id: transfer.id, amount: transfer.amount, reference });
      return save({ ...transfer, state: 'paid', reference });
    },
    bookings: (id) => booked.filter((booking) => booking.id === id),
    count: (on, id) => void counts.set(id, { ...arrived(id), [on]: arrived(id)[on] + 1 }),
    arrived,
  };
}
