import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    // Not held to it on every change yet: it takes some four minutes of its own. Run it by `npm run conformance`.
    exclude: ['test/conformance/**'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 180_000,
    // Real servers and databases: more files at once only fight for the processor.
    maxWorkers: 2,
  },
});
