import { readFileSync } from 'node:fs';
import type { ConfigProblem } from './config-error.js';
import { VARIABLES, type ValueOf, type Variable, type VariableName } from './variables.js';

/**
 * Reads one variable, from the environment or (a secret) from the file that `<NAME>_FILE` names. Unset and empty are
 * the same. What is wrong is added to `problems`; the value is never quoted there.
 */
export function readVariable<Name extends VariableName>(
  name: Name,
  env: NodeJS.ProcessEnv,
  problems: ConfigProblem[],
): ValueOf<Name> | undefined {
  const { schema, remedy, secret, jsonOrPath } = VARIABLES[name] as Variable<ValueOf<Name>>;
  const refuse = (where: string, problem: string, how: string): undefined => {
    problems.push({ where, problem, remedy: how });
    return undefined;
  };
  const fileName = `${name}_FILE`;
  const path = secret ? env[fileName] || undefined : undefined;
  let text = env[name] || undefined;
  let where: string = name;
  if (path !== undefined) {
    if (text !== undefined) return refuse(name, `is set, and so is ${fileName}`, 'Set one of the two.');
    [text, where] = [path, fileName];
  }
  if (text === undefined) return undefined;
  if (path !== undefined || (jsonOrPath && !text.trimStart().startsWith('{'))) {
    const content = readSecretFile(text);
    if ('why' in content) {
      return refuse(where, `names ${text}, which cannot be read (${content.why})`, remedy);
    }
    text = content.text;
  }
  const result = schema.safeParse(text);
  if (result.success) return result.data;
  return refuse(where, result.error.issues[0]?.message ?? 'is not valid', remedy);
}

/** A secret's file, without the line break that editors leave at its end. */
export function readSecretFile(path: string): { text: string } | { why: string } {
  try {
    const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    return text === '' ? { why: 'it is empty' } : { text };
  } catch (error) {
    return { why: (error as NodeJS.ErrnoException).code ?? 'unknown error' };
  }
}
