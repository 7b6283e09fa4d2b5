/**
 * Who may import what (docs/architecture.md): one row per top-level folder. `folders` are other top-level folders, or
 * single modules of them (`providers/port`); `packages` are npm packages and `node:` modules, `node:*` for all of
 * Node's; `types` may be imported with `import type` only. What is not listed is refused.
 */
const TABLE = {
  domain: {},
  schemas: { folders: ['domain'], packages: ['zod'] },
  workflows: {
    folders: ['domain'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
    types: ['activities/contract', 'activities/payments/contract'],
  },
  activities: {
    folders: [
      'domain',
      'providers/port',
      'providers/payment-port',
      'providers/provider',
      'journal/port',
      'journal/payments/port',
      'journal/stored-cards/port',
      'journal/errors',
      'schemas',
      'secrets',
    ],
    packages: ['@temporalio/activity', '@temporalio/common', 'node:*'],
  },
  providers: {
    folders: ['domain'],
    packages: ['axios', 'csv-parse', 'csv-parse/*', 'fast-xml-parser', 'zod', 'jose', 'node:*'],
  },
  simulators: { folders: [], packages: ['fastify', '@fastify/*', 'node:*'] },
  journal: { folders: ['domain'], packages: ['pg', 'kysely', '@electric-sql/*', 'node:*'] },
  secrets: { folders: ['domain'], packages: ['jose', '@temporalio/common', '@temporalio/proto', 'node:*'] },
  client: {
    folders: ['domain', 'schemas', 'secrets', 'workflows/messages'],
    packages: ['@temporalio/client', '@temporalio/common', 'zod', 'node:*'],
  },
  gateway: {
    folders: [
      'client',
      'domain',
      'journal',
      'schemas',
      'secrets',
      'providers/port',
      'providers/payment-port',
      'providers/provider',
      'providers/registry',
    ],
    packages: ['fastify', 'fastify-*', '@fastify/*', 'zod', 'prom-client', 'winston', 'node:*'],
  },
  'codec-server': {
    folders: ['domain', 'secrets'],
    packages: ['fastify', '@fastify/*', 'zod', '@temporalio/common', 'node:*'],
    types: ['journal/api-keys-port'],
  },
  config: {
    folders: ['domain', 'schemas'],
    packages: ['zod', 'yaml', '@temporalio/envconfig', '@temporalio/client', 'node:*'],
    types: ['embedded/temporal-search', 'providers', 'secrets'],
  },
  batch: {
    folders: ['client', 'domain', 'schemas'],
    packages: ['csv-parse', 'csv-parse/*', 'zod', 'node:*'],
  },
  embedded: { folders: ['domain'], packages: ['@temporalio/client', '@temporalio/testing', 'node:*'] },
  // It plays whole payouts, so it puts an engine together, as `workers/` does.
  conformance: {
    folders: [
      'activities/order-id',
      'client',
      'config',
      'domain',
      'embedded',
      'journal',
      'providers',
      'secrets',
      'simulators',
      'workers',
    ],
    packages: ['@temporalio/worker', 'node:*'],
    types: ['activities/deps'],
  },
  cli: {
    folders: [
      'batch',
      'client',
      'config',
      'domain',
      'embedded',
      'gateway',
      'schemas',
      'secrets',
      'simulators',
      'workers',
    ],
    packages: [
      '@temporalio/client',
      'commander',
      'csv-parse',
      'csv-stringify/sync',
      'log-update',
      'picocolors',
      'zod',
      'yaml',
      'node:*',
    ],
    types: ['journal/port'],
  },
  // It runs the engine's own decisions and activities against a made-up world.
  model: {
    folders: [
      'activities/ask',
      'activities/take-step',
      'domain',
      'journal/decision',
      'journal/decisions/begin-attempt',
      'journal/decisions/change-status',
      'journal/decisions/close-unsent',
      'journal/decisions/end-attempt',
      'journal/decisions/follow-progress',
      'journal/port',
    ],
    packages: ['@temporalio/activity'],
    types: ['activities/contract', 'activities/deps', 'providers/port'],
  },
  // What a stranger may: the package's own doors.
  examples: {
    packages: ['payout-engine', 'payout-engine/*', 'zod', 'node:*'],
  },
};

/** Composition roots: `workers/` may import everything and is imported by the commands that start it. */
const UNRESTRICTED = ['workers', 'test', 'bench', 'chaos', 'canary', 'scripts'];
const ALL = [...Object.keys(TABLE), ...UNRESTRICTED];

const quote = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const pattern = (name) => quote(name).replace('\\*', '.*');
/** `journal` allows all of its modules, `journal/port` that one alone. */
const inFolder = (name) => (name.includes('/') ? `${quote(name)}\\.js$` : `${quote(name)}/`);

function boundariesOf(folder, { folders = [], packages = [], types = [] }) {
  const own = [folder, ...folders].map(inFolder).join('|');
  const others = ALL.filter((name) => name !== folder)
    .map(quote)
    .join('|');
  const npm = packages.map((name) => `${pattern(name)}(?:/.*)?$`).join('|');
  const typed = types.map(inFolder).join('|');
  const table = `See docs/architecture.md, "Layout and import rules".`;
  const strangers = (allowed) => `^(?:\\.\\./)+(?!${allowed})(?:${others})/`;
  return [
    {
      regex: npm ? `^(?!\\.|(?:${npm}))` : '^(?!\\.)',
      message: `${folder}/ may import of packages: ${packages.join(', ') || 'none'}. ${table}`,
    },
    {
      regex: strangers(typed ? `${own}|${typed}` : own),
      message: `${folder}/ may import of our folders: ${[...folders, ...types].join(', ') || 'none'}. ${table}`,
    },
    ...(typed
      ? [
          {
            regex: `^(?:\\.\\./)+(?:${typed})`,
            allowTypeImports: true,
            message: `${folder}/ may use this with "import type" only. ${table}`,
          },
        ]
      : []),
  ];
}

/** One flat-config entry per folder. */
export const boundaries = Object.entries(TABLE).map(([folder, row]) => ({
  files: [`${folder}/**/*.ts`],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: boundariesOf(folder, row) }] },
}));
