import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, step } from './say.mjs';
import { filesBelow, hashFiles, readStamp, root } from './source-files.mjs';

const BUNDLE = 'dist/workflow-bundle.js';
const STAMP = 'dist/.bundle-stamp';
/** As secrets/data-converter.ts has it. */
const FAILURE_CONVERTER = 'secrets/failure-converter.cjs';

/** Packs workflows/ for the sandbox once, so that a worker starts without webpack. */
export async function bundleWorkflows() {
  const inputs = ['workflows', 'domain', 'activities'].flatMap(filesBelow);
  const hash = hashFiles([...inputs, FAILURE_CONVERTER, 'scripts/bundle-workflows.mjs', 'package-lock.json']);
  if (existsSync(join(root, BUNDLE)) && readStamp(STAMP) === hash) return;
  await step('Bundling the workflows', async () => {
    const { code } = await pack();
    writeFileSync(join(root, `${BUNDLE}.new`), code);
    renameSync(join(root, `${BUNDLE}.new`), join(root, BUNDLE));
    writeFileSync(join(root, STAMP), hash);
  });
}

async function pack() {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const lines = [];
  try {
    return await bundleWorkflowCode({
      workflowsPath: join(root, 'workflows/index.ts'),
      failureConverterPath: join(root, FAILURE_CONVERTER),
      logger: new DefaultLogger('WARN', ({ message }) => lines.push(message)),
      // "production" drops comments and dead code: a third smaller, so a cheaper sandbox per worker.
      webpackConfigHook: (config) => ({ ...config, mode: 'production' }),
    });
  } catch (error) {
    return giveUp(`The workflows cannot be bundled.\n${lines.join('\n')}\n${error.message}`);
  }
}
