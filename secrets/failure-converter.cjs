// CommonJS: Temporal's SDK loads it by its path with require, in processes and into the workflows' bundle.
const { DefaultFailureConverter } = require('@temporalio/common');

/** Failures' messages and stack traces become payloads, and so are encrypted; their types stay readable. */
exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
