import { z } from 'zod';
import { didYouMean } from '../domain/did-you-mean.js';
import type { YamlPath } from './yaml-source.js';

export interface FieldProblem {
  readonly path: YamlPath;
  readonly problem: string;
  readonly remedy: string;
}

/** Checks a value; what is wrong is said in words for the person who wrote it, and never quotes it: it may be a secret. */
export function check<T>(value: unknown, schema: z.ZodType<T>): { value: T } | { problems: FieldProblem[] } {
  const result = schema.safeParse(value);
  const problems = [
    ...unknownKeys(value, schema),
    ...(result.error?.issues.flatMap((issue) => describe(issue, schema, value)) ?? []),
  ];
  return result.success && problems.length === 0 ? { value: result.data } : { problems };
}

/** Keys that a lenient schema would silently drop: a misspelt setting must not be lost. */
function unknownKeys(value: unknown, schema: z.ZodType): FieldProblem[] {
  if (!(schema instanceof z.ZodObject) || schema.def.catchall !== undefined) return [];
  if (typeof value !== 'object' || value === null) return [];
  const known = Object.keys(schema.shape);
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => unknownKey([key], known));
}

function describe(issue: z.core.$ZodIssue, schema: z.ZodType, root: unknown): FieldProblem[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey([...path, key], keysAt(schema, path)));
  }
  if (!issue.message.startsWith('Invalid ')) {
    return [{ path, problem: lowerFirst(issue.message), remedy: 'Change the value.' }];
  }
  if (valueAt(root, path) === undefined) {
    return [{ path, problem: 'is missing', remedy: `Add ${String(path.at(-1) ?? 'it')}${kindOf(issue)}.` }];
  }
  if (issue.code === 'invalid_type') {
    return [
      { path, problem: `is not ${article(issue.expected)}`, remedy: `Give ${article(issue.expected)}.` },
    ];
  }
  if (issue.code === 'invalid_value') {
    const remedy = `Use one of: ${issue.values.map(String).join(', ')}.`;
    return [{ path, problem: 'is not one of the allowed values', remedy }];
  }
  return [{ path, problem: `is not valid (${lowerFirst(issue.message)})`, remedy: 'Change the value.' }];
}

function unknownKey(path: YamlPath, known: readonly string[]): FieldProblem {
  const guess = didYouMean(String(path.at(-1)), known);
  const list = known.length > 0 ? `Known here: ${known.join(', ')}.` : 'Remove it.';
  return { path, problem: 'is not a known key', remedy: `${guess}${list}` };
}

/** The keys that the schema knows at a path, looking through optional and default. */
function keysAt(schema: z.ZodType, path: YamlPath): string[] {
  let current: unknown = bare(schema);
  for (const step of path) {
    if (!(current instanceof z.ZodObject)) return [];
    current = bare((current.shape as Record<string, unknown>)[String(step)]);
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function bare(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return bare(schema.unwrap());
  }
  return schema instanceof z.ZodPipe ? bare(schema.in) : schema;
}

export function valueAt(root: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    root,
  );
}

function kindOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_type' ? ` (${article(issue.expected)})` : '';
}

const KINDS: Record<string, string> = {
  array: 'a list',
  object: 'a map',
  record: 'a map',
  int: 'a whole number',
};

function article(type: string): string {
  return KINDS[type] ?? (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
