/**
 * Writes the bill of materials of what the product runs: CycloneDX JSON, each package with its version, licence and
 * SHA-512, as installed on this platform.
 *
 *     npm run sbom                   # writes sbom.cdx.json
 *     npm run sbom -- other.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { runNpm } from './run-npm.js';

const billSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  metadata: z.looseObject({ component: z.looseObject({ name: z.string() }) }),
  // Without address or hash nobody could check what it names.
  components: z
    .array(z.looseObject({ purl: z.string(), hashes: z.array(z.object({ content: z.string() })).min(1) }))
    .min(1),
});

const { name } = z.object({ name: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8')));
const file = process.argv[2] ?? 'sbom.cdx.json';
const { ok, stdout } = runNpm([
  'sbom',
  '--sbom-format=cyclonedx',
  '--sbom-type=application',
  '--omit=dev',
  '--loglevel=error',
]);
if (ok) {
  const bill = billSchema.parse(JSON.parse(stdout));
  // npm calls the product by the folder that it happens to lie in.
  bill.metadata.component.name = name;
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
  console.log(`Wrote ${file}: ${bill.components.length} packages, CycloneDX ${bill.specVersion}`);
} else {
  console.error('npm made no bill of materials (its words are above). Run npm ci, then this again.');
  process.exitCode = 1;
}
