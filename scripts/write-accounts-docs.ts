/**
 * Writes what the code knows of the accounts file: docs/accounts.schema.json, and the tables in docs/accounts.md.
 *
 *     npx tsx scripts/write-accounts-docs.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { ACCOUNT_PROTOCOLS } from '../workers/account-protocols.js';
import { accountsSchema, jsonSchemaOf, type Docs, type ProviderDocs } from './accounts-schema.js';
import { docsOfSettings, type FieldDoc } from './docs-of-settings.js';
import { settingsTable } from './settings-table.js';

export const SCHEMA_FILE = 'docs/accounts.schema.json';
export const DOCS_FILE = 'docs/accounts.md';

const DOCS: Readonly<Record<string, () => ProviderDocs>> = {
  all2pay: () => {
    const options = 'simulators/all2pay/options.ts';
    return {
      settings: docsOfSettings('providers/all2pay/config.ts', 'settings'),
      simulator: new Map([
        ...docsOfSettings('simulators/all2pay/variant.ts', 'Variant'),
        ...docsOfSettings(options, 'All2paySimulatorOptions'),
        ...below('timings', docsOfSettings(options, 'Timings')),
        ...below('callbacks', docsOfSettings(options, 'CallbackOptions')),
        ...below('keys', docsOfSettings(options, 'KeysOptions')),
      ]),
    };
  },
  eightb_disbursement: () => {
    const options = 'simulators/eightb-disbursement/options.ts';
    return {
      settings: docsOfSettings('providers/eightb-disbursement/config.ts', 'settings'),
      simulator: new Map([
        ...docsOfSettings('simulators/eightb-disbursement/variant.ts', 'Variant'),
        ...docsOfSettings(options, 'ServiceOptions'),
        ...below('timings', docsOfSettings(options, 'Timings')),
      ]),
    };
  },
  eightb_pay: () => {
    const options = 'simulators/eightb-pay/options.ts';
    return {
      settings: docsOfSettings('providers/eightb-pay/config.ts', 'eightbPayConfig'),
      simulator: new Map([
        ...docsOfSettings('simulators/eightb-pay/variant.ts', 'Variant'),
        ...below('timings', docsOfSettings(options, 'Timings')),
      ]),
    };
  },
  payneteasy: () => {
    const options = 'simulators/payneteasy/options.ts';
    return {
      settings: docsOfSettings('providers/payneteasy/config.ts', 'settings'),
      simulator: new Map([
        ...docsOfSettings('simulators/payneteasy/variant.ts', 'Variant'),
        ...docsOfSettings(options, 'PayneteasySimulatorOptions'),
        ...docsOfSettings(options, 'MerchantOptions'),
        ...below('timings', docsOfSettings(options, 'Timings')),
      ]),
    };
  },
};

/** What the fields of a provider's settings and simulator mean, read from the comments in their sources. */
export function docsOf(provider: string): ProviderDocs {
  const read = DOCS[provider];
  if (!read) throw new Error(`Say in scripts/write-accounts-docs.ts where the settings of ${provider} are.`);
  return read();
}

/** docs/accounts.schema.json as it should be. */
export async function schemaText(): Promise<string> {
  const schema = accountsSchema(ACCOUNT_PROTOCOLS, docsOf);
  return format(JSON.stringify(schema), { ...(await resolveConfig(SCHEMA_FILE)), parser: 'json' });
}

/** docs/accounts.md as it should be: its own words, with the tables between the marks made anew. */
export function docsText(current: string): string {
  return Object.values(ACCOUNT_PROTOCOLS).reduce(
    (text, { name, configSchema, secretFields, simulatorSchema }) => {
      const docs = docsOf(name);
      const settings = settingsTable(jsonSchemaOf(configSchema, docs.settings), docs.settings, secretFields);
      const withSettings = between(text, `${name} settings`, settings);
      if (!simulatorSchema) return withSettings;
      const block = settingsTable(jsonSchemaOf(simulatorSchema, docs.simulator), docs.simulator);
      return between(withSettings, `${name} simulator`, block);
    },
    current,
  );
}

function between(text: string, what: string, content: string): string {
  const [begin, end] = [`<!-- begin generated: ${what} -->`, `<!-- end generated: ${what} -->`];
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
  if (start < 0 || stop < start) throw new Error(`${DOCS_FILE} lacks the marks ${begin} and ${end}`);
  return `${text.slice(0, start + begin.length)}\n\n${content}\n\n${text.slice(stop)}`;
}

function below(name: string, docs: Docs): [string, FieldDoc][] {
  return [...docs].map(([path, words]) => [`${name}.${path}`, words]);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(SCHEMA_FILE, await schemaText());
  writeFileSync(DOCS_FILE, docsText(readFileSync(DOCS_FILE, 'utf8')));
  console.log(`Wrote ${SCHEMA_FILE} and ${DOCS_FILE}`);
}
