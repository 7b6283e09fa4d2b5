import { z } from 'zod';
import { holdsCardNumber } from './card-lookalike.js';
import { fault, wrongKind } from './fault.js';

export interface TextRule {
  /** What the field is, for the OpenAPI document. */
  readonly description: string;
  /** What to write instead, as a sentence. */
  readonly remedy: string;
  readonly max: number;
  readonly pattern?: RegExp | undefined;
  /** What does not fit the pattern, for the problem: `must be digits`. */
  readonly shape?: string | undefined;
  readonly example?: string | undefined;
  /** Off only where long numbers are the field's nature (account numbers): see `holdsCardNumber`. */
  readonly refuseCardNumbers?: boolean | undefined;
  /** More than a pattern can say; returns a message made by `fault`. */
  readonly check?: ((value: string) => string | undefined) | undefined;
}

/** A text field that says one clear thing about a bad value, and never repeats the value. */
export function text(rule: TextRule): z.ZodString {
  return z
    .string({ error: wrongKind('text', rule.remedy) })
    .superRefine((value, context) => {
      const message = faultOf(value, rule);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .meta({
      description: rule.description,
      minLength: 1,
      maxLength: rule.max,
      ...(rule.pattern && { pattern: rule.pattern.source }),
      ...(rule.example !== undefined && { examples: [rule.example] }),
    });
}

function faultOf(value: string, rule: TextRule): string | undefined {
  if (value === '') return fault('is empty', rule.remedy);
  if (value.length > rule.max) return fault(`is longer than ${rule.max} characters`, rule.remedy);
  if (/[^\P{Cc}\t\r\n]|\p{Surrogate}/u.test(value)) {
    return fault('holds a control character or broken Unicode', 'Use printable text only.');
  }
  if (rule.refuseCardNumbers !== false && holdsCardNumber(value)) {
    return fault(
      'looks like a card number',
      'A card number may only stand in the field for it: leave it out here.',
    );
  }
  if (rule.pattern && !rule.pattern.test(value)) return fault(rule.shape ?? 'has a wrong form', rule.remedy);
  return rule.check?.(value);
}
