import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { ensureBuilt } from '../support/built.js';
import { tempDir } from '../support/temp-dir.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EXAMPLE = join(ROOT, 'examples/own-provider');
/** Of the example's files, those that are no part of the adapter. */
const BESIDE = ['subject.ts', 'conformance.ts'];

export interface InstalledCopy {
  /** The command `payouts` of the copy. */
  readonly main: string;
  /** Adds the example's folder, and nothing else. */
  addFolder(): void;
  /** Adds the one import and the one entry to the registry. */
  register(): void;
}

/** The package as it was built, somewhere else, so that a provider can be added to it. */
export async function installedCopy(): Promise<InstalledCopy> {
  await ensureBuilt();
  const copy = tempDir();
  cpSync(join(ROOT, 'dist'), join(copy, 'dist'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(copy, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const providers = join(copy, 'dist/providers');
  return {
    main: join(copy, 'dist/cli/main.js'),
    addFolder() {
      const folder = join(providers, 'pocket-pay');
      mkdirSync(folder);
      const files = readdirSync(EXAMPLE).filter((file) => file.endsWith('.ts') && !BESIDE.includes(file));
      for (const file of files) {
        const source = readFileSync(join(EXAMPLE, file), 'utf8');
        writeFileSync(join(folder, file.replace(/ts$/, 'js')), compiled(source));
      }
    },
    register() {
      const source = readFileSync(join(ROOT, 'providers/registry.ts'), 'utf8');
      writeFileSync(join(providers, 'registry.js'), compiled(registered(source)));
    },
  };
}

/** providers/registry.ts with Pocket Pay in it, as docs/write-a-provider.md says. */
function registered(source: string): string {
  const added = source
    .replace('import type', "import { pocketPay } from './pocket-pay/index.js';\nimport type")
    .replace(/(PROVIDERS\b.*= \[)/, '$1\n  pocketPay,');
  const lines = (text: string): number => text.split('\n').length;
  if (lines(added) !== lines(source) + 2)
    throw new Error('The registry has another form than the guide says');
  return added;
}

function compiled(source: string): string {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
  };
  return ts.transpileModule(source, { compilerOptions }).outputText;
}
