import type { z } from 'zod';
import { check, valueAt, type FieldProblem } from './schema-problems.js';
import { resolveReferences, type ReferenceContext } from './secret-reference.js';
import type { YamlPath } from './yaml-source.js';

/** What of a provider's registration concerns its settings. */
export interface ConfigurableProtocol {
  readonly name: string;
  readonly configSchema: z.ZodType;
  /** Settings, as dotted paths (`password`, `signing.passphrase`), that must come by reference. */
  readonly secretFields: readonly string[];
  /** Of an account's `simulator` block. Absent: the provider has no simulator. */
  readonly simulatorSchema?: z.ZodType | undefined;
}

/** Follows the references and checks the result against the provider's schema. Undefined after any refusal. */
export function readSettings(
  written: unknown,
  { configSchema, secretFields }: ConfigurableProtocol,
  context: Omit<ReferenceContext, 'secretFields'>,
): unknown {
  const refused: YamlPath[] = [];
  const refuse: ReferenceContext['refuse'] = (path, problem, remedy) => {
    refused.push(path);
    context.refuse(path, problem, remedy);
  };
  const { value, referenced } = resolveReferences(written, { ...context, secretFields, refuse });
  let result = check(value, configSchema);
  if ('problems' in result) {
    const mended = asScalars(value, result.problems, referenced);
    if (mended !== undefined) result = check(mended, configSchema);
  }
  if (!('problems' in result)) return refused.length === 0 ? result.value : undefined;
  // A reference that leads nowhere has been reported: that its value is then missing is no news.
  const isNews = (problem: FieldProblem): boolean => !refused.some((path) => startsWith(problem.path, path));
  for (const { path, problem, remedy } of result.problems.filter(isNews))
    context.refuse(path, problem, remedy);
  return undefined;
}

/** A variable's value is text; where the schema refused the text and it reads as a number or yes/no, take it as that. */
function asScalars(
  value: unknown,
  problems: readonly FieldProblem[],
  referenced: readonly YamlPath[],
): unknown {
  const copy: unknown = structuredClone(value);
  let changed = false;
  for (const { path } of problems) {
    const text = valueAt(copy, path);
    const holder = valueAt(copy, path.slice(0, -1)) as Record<string | number, unknown> | undefined;
    const last = path.at(-1);
    if (!referenced.some((one) => one.join('.') === path.join('.')) || typeof text !== 'string') continue;
    const scalar = /^(true|false|-?\d+(\.\d+)?)$/.test(text) ? (JSON.parse(text) as unknown) : text;
    if (scalar === text || holder === undefined || last === undefined) continue;
    holder[last] = scalar;
    changed = true;
  }
  return changed ? copy : undefined;
}

function startsWith(path: YamlPath, beginning: YamlPath): boolean {
  return beginning.every((key, index) => path[index] === key);
}
