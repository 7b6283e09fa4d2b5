import { expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { Payout } from '../../domain/payout.js';
import type { PayoutRequest, SealedPayoutRequest } from '../../domain/payout-request.js';
import type { PaymentOperationView } from '../../domain/payment-operation.js';
import type { Payment, PaymentRequest } from '../../domain/payment.js';
import type { Problem } from '../../domain/problem.js';
import type { SealedStoreCardRequest, StoreCardRequest, StoredCardView } from '../../domain/stored-card.js';
import type { PaymentEvent } from '../../journal/payments/port.js';
import type { ApiKey } from '../../journal/api-keys-port.js';
import type { AuditEvent } from '../../journal/audit/port.js';
import type { PayoutEvent } from '../../journal/port.js';
import type { apiKeySchema } from '../../schemas/api-keys.js';
import type { auditEventSchema } from '../../schemas/audit.js';
import type { paymentEventsSchema, paymentOperationSchema, paymentSchema } from '../../schemas/payment.js';
import type { PaymentRequestInput, paymentRequestSchema } from '../../schemas/payment-request.js';
import type { payoutEventSchema, payoutSchema } from '../../schemas/payout.js';
import type {
  PayoutRequestInput,
  payoutRequestSchema,
  sealedPayoutRequestSchema,
} from '../../schemas/payout-request.js';
import type { problemSchema } from '../../schemas/problem-details.js';
import type {
  sealedStoreCardRequestSchema,
  storeCardRequestSchema,
} from '../../schemas/store-card-request.js';
import type { storedCardViewSchema } from '../../schemas/stored-card.js';

/** Both ways, `readonly` aside (which assignability does not see). */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** A list that may be written to is one that may be read. */
type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer One)[] ? One[] : T[K] };

it('infers what the domain says', () => {
  expectTypeOf<Same<z.output<typeof payoutRequestSchema>, PayoutRequest>>().toEqualTypeOf<true>();
  expectTypeOf<Same<z.output<typeof sealedPayoutRequestSchema>, SealedPayoutRequest>>().toEqualTypeOf<true>();
  expectTypeOf<keyof z.output<typeof payoutRequestSchema>>().toEqualTypeOf<keyof PayoutRequest>();
  expectTypeOf<Same<z.output<typeof storeCardRequestSchema>, StoreCardRequest>>().toEqualTypeOf<true>();
  expectTypeOf<
    Same<z.output<typeof sealedStoreCardRequestSchema>, SealedStoreCardRequest>
  >().toEqualTypeOf<true>();
  expectTypeOf<Same<z.output<typeof paymentRequestSchema>, PaymentRequest>>().toEqualTypeOf<true>();
  expectTypeOf<keyof z.output<typeof paymentRequestSchema>>().toEqualTypeOf<keyof PaymentRequest>();
  expectTypeOf<Same<z.output<typeof problemSchema>, Problem>>().toEqualTypeOf<true>();
});

it('takes plain strings', () => {
  expectTypeOf<{
    merchant: string;
    payoutId: string;
    account: string;
    amount: { minor: number; currency: string };
    destination: { type: 'card'; number: string };
  }>().toExtend<PayoutRequestInput>();
  expectTypeOf<PaymentRequest>().toExtend<PaymentRequestInput>();
  expectTypeOf<PayoutRequest>().toExtend<PayoutRequestInput>();
  expectTypeOf<SealedPayoutRequest>().toExtend<PayoutRequestInput>();
});

it('documents every field that is shown', () => {
  expectTypeOf<Payout>().toExtend<z.output<typeof payoutSchema>>();
  expectTypeOf<keyof z.output<typeof payoutSchema>>().toEqualTypeOf<keyof Payout>();
  expectTypeOf<StoredCardView>().toExtend<z.output<typeof storedCardViewSchema>>();
  expectTypeOf<keyof z.output<typeof storedCardViewSchema>>().toEqualTypeOf<keyof StoredCardView>();
  expectTypeOf<Mutable<Payment>>().toExtend<z.output<typeof paymentSchema>>();
  expectTypeOf<keyof z.output<typeof paymentSchema>>().toEqualTypeOf<keyof Payment>();
  expectTypeOf<PaymentOperationView>().toExtend<z.output<typeof paymentOperationSchema>>();
  expectTypeOf<keyof z.output<typeof paymentOperationSchema>>().toEqualTypeOf<keyof PaymentOperationView>();
  expectTypeOf<PaymentEvent>().toExtend<z.output<typeof paymentEventsSchema>['items'][number]>();
  expectTypeOf<PayoutEvent>().toExtend<z.output<typeof payoutEventSchema>>();
  expectTypeOf<keyof z.output<typeof payoutEventSchema>>().toEqualTypeOf<keyof PayoutEvent>();
  expectTypeOf<keyof z.output<typeof apiKeySchema>>().toEqualTypeOf<keyof ApiKey>();
  expectTypeOf<Mutable<ApiKey>>().toExtend<z.output<typeof apiKeySchema>>();
  expectTypeOf<AuditEvent>().toExtend<z.output<typeof auditEventSchema>>();
  expectTypeOf<keyof z.output<typeof auditEventSchema>>().toEqualTypeOf<keyof AuditEvent>();
});
