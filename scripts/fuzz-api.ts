/**
 * Lets schemathesis try the API of a whole embedded engine by its own /openapi.json, for some two minutes. It fails for
 * an answer of 5xx (but 501: the provider cannot do this; 502: it gave no answer), and for any status, content type, header or body that the document does not promise.
 *
 *     npm run fuzz:api
 *     npm run fuzz:api -- --seed 42 --include-path-regex payouts
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../workers/embedded.js';
import { findSchemathesis } from './find-schemathesis.js';

const MAX_SECS = 120;

/** True answers about the provider, which the document promises. */
const EXPECTED = `[checks.not_a_server_error]
expected-statuses = ["2xx", "3xx", "4xx", "501", "502"]
`;

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'unsupported_method',
];

const progress = (line: string): void => void process.stderr.write(`  ${line}\n`);

const program = await findSchemathesis(progress).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
const dataDir = await mkdtemp(join(tmpdir(), 'payouts-fuzz-'));
await writeFile(join(dataDir, 'schemathesis.toml'), EXPECTED);
// It is the handlers that shall be tried, not the limits before them.
process.env['PAYOUTS_KEY_REQUESTS_PER_SEC'] = process.env['PAYOUTS_ADDRESS_REQUESTS_PER_SEC'] = '100000';
const engine = await startEmbedded({
  dataDir,
  accountsFile: 'examples/accounts.demo.yaml',
  ephemeral: true,
  timings: 'demo',
  onProgress: progress,
});
try {
  const run = spawn(
    program,
    [
      'run',
      `${engine.gatewayUrl}/openapi.json`,
      ...['--header', `Authorization: Bearer ${engine.operatorKey}`],
      ...['--checks', CHECKS.join(',')],
      ...['--phases', 'examples,coverage,fuzzing'],
      ...['--max-time', String(MAX_SECS), '--max-examples', '40'],
      // A create waits for the first state that means something.
      ...['--request-timeout', '60', '--suppress-health-check', 'all', '--warnings', 'off'],
      ...['--continue-on-failure', '--generation-database', 'none'],
      ...process.argv.slice(2),
    ],
    { stdio: 'inherit', cwd: dataDir },
  );
  const [code] = (await once(run, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
} finally {
  await engine.stop();
  await rm(dataDir, { recursive: true, force: true });
}
