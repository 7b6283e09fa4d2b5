/** Strict reading of a JSON body; every fault is a row of All2pay payouts document §11.1. */
import { refusal } from './refusal.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export interface TextRule {
  readonly max?: number | undefined;
  readonly pattern?: RegExp | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Row 6 for whatever the method does not know. */
export function refuseOthers(object: JsonObject, known: readonly string[], method: string, path = ''): void {
  const other = Object.keys(object).find((name) => !known.includes(name));
  if (other !== undefined) throw refusal(6, path + other, method);
}

export function optionalText(
  object: JsonObject,
  name: string,
  rule: TextRule = {},
  path = '',
): string | undefined {
  const value = object[name];
  if (value === undefined) return undefined;
  const pattern = rule.pattern ?? new RegExp(`^[\\s\\S]{1,${rule.max ?? 512}}$`, 'u');
  if (typeof value !== 'string' || !pattern.test(value)) throw refusal(5, path + name, pattern.source);
  if (rule.max !== undefined && [...value].length > rule.max)
    throw refusal(5, path + name, `.{1,${rule.max}}`);
  return value;
}

export function requiredText(object: JsonObject, name: string, rule: TextRule = {}, path = ''): string {
  const value = object[name];
  if (value === undefined || value === null || value === '') throw refusal(4, path + name);
  return optionalText(object, name, rule, path) ?? '';
}

/** A JSON number, never a string: `I[digits]`, at least 1. */
export function optionalInteger(object: JsonObject, name: string, digits: number): number | undefined {
  const value = object[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value >= 10 ** digits) {
    throw refusal(5, name, `^[1-9][0-9]{0,${digits - 1}}$`);
  }
  return value;
}

export function requiredInteger(object: JsonObject, name: string, digits: number): number {
  if (object[name] === undefined || object[name] === null) throw refusal(4, name);
  return optionalInteger(object, name, digits) ?? 0;
}

export function optionalObject(object: JsonObject, name: string): JsonObject | undefined {
  const value = object[name];
  if (value === undefined) return undefined;
  if (!isObject(value)) throw refusal(5, name, 'object');
  return value;
}
