import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { payloadCodec } from './payload-codec.js';
import type { PayloadKeys } from './payload-keys.js';

/** Also named by scripts/bundle-workflows.mjs: within the sandbox failures are converted by the bundle's own copy. */
const FAILURE_CONVERTER = fileURLToPath(new URL('./failure-converter.cjs', import.meta.url));

/** How every client, worker and replay of a namespace writes and reads what Temporal keeps. */
export function dataConverter(keys: PayloadKeys | undefined, namespace: string): DataConverter {
  return { failureConverterPath: FAILURE_CONVERTER, payloadCodecs: [payloadCodec(keys, namespace)] };
}
