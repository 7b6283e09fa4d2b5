/** Strict reading of a request's document. 8b.world /pay §4.1. */
import { invalid } from './refusal.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function requiredText(object: JsonObject, name: string, max = 255): string {
  const value = optionalText(object, name, max);
  if (value === undefined) throw invalid(name, 'is required');
  return value;
}

export function optionalText(object: JsonObject, name: string, max = 255): string | undefined {
  const value = object[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw invalid(name, 'must be a string');
  if ([...value].length > max) throw invalid(name, `is longer than ${max}`);
  return value;
}

/** 0 or 1, as a number or text. */
export function flag(object: JsonObject, name: string): boolean {
  const value = object[name];
  if (value === undefined || value === null || value === 0 || value === '0') return false;
  if (value === 1 || value === '1') return true;
  throw invalid(name, 'must be 0 or 1');
}
