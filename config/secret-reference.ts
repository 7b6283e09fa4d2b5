import { dirname, resolve } from 'node:path';
import { readSecretFile } from './read-variable.js';
import type { YamlPath } from './yaml-source.js';

/** What a setting says, with its references followed. */
export interface ResolvedSettings {
  readonly value: unknown;
  /** The paths whose text came from a reference: text even where a number is meant. */
  readonly referenced: readonly YamlPath[];
}

export interface ReferenceContext {
  readonly env: NodeJS.ProcessEnv;
  /** The accounts file: a relative `{ file: … }` starts from its folder. */
  readonly accountsFile: string;
  /** Settings, as dotted paths, that must be references, with all that stands below them. */
  readonly secretFields: readonly string[];
  refuse(path: YamlPath, problem: string, remedy: string): void;
}

/** Replaces every `{ env: NAME }` and `{ file: PATH }` by what it refers to, and refuses secrets that are written out. */
export function resolveReferences(settings: unknown, context: ReferenceContext): ResolvedSettings {
  const referenced: YamlPath[] = [];
  const walk = (value: unknown, path: YamlPath): unknown => {
    const reference = asReference(value);
    if (reference !== undefined) {
      referenced.push(path);
      return follow(reference, path, context);
    }
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...path, index]));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]),
      );
    }
    if (value !== null && value !== undefined && isSecret(path, context.secretFields)) {
      const remedy =
        'Write { env: NAME_OF_A_VARIABLE } or { file: /path/of/a/file } instead, and change the secret.';
      context.refuse(path, 'is a secret and must not be written in this file', remedy);
    }
    return value;
  };
  return { value: walk(settings, []), referenced };
}

type Reference = { readonly env: string } | { readonly file: string };

function asReference(value: unknown): Reference | undefined {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined;
  if ('env' in value && typeof value.env === 'string') return { env: value.env };
  if ('file' in value && typeof value.file === 'string') return { file: value.file };
  return undefined;
}

function follow(reference: Reference, path: YamlPath, context: ReferenceContext): string | undefined {
  if ('env' in reference) {
    const value = context.env[reference.env] || undefined;
    if (value === undefined) {
      const remedy = `Set ${reference.env} before the start, or name another variable or a file here.`;
      context.refuse(path, `the environment variable ${reference.env} is not set`, remedy);
    }
    return value;
  }
  const content = readSecretFile(resolve(dirname(context.accountsFile), reference.file));
  if ('text' in content) return content.text;
  const remedy = 'Create the file, let this process read it, or name another file or a variable here.';
  context.refuse(path, `the file ${reference.file} cannot be read (${content.why})`, remedy);
  return undefined;
}

function isSecret(path: YamlPath, secretFields: readonly string[]): boolean {
  const dotted = path.join('.');
  return secretFields.some((field) => dotted === field || dotted.startsWith(`${field}.`));
}
