import { giveUp } from './say.mjs';

const OLDEST = [20, 19];

/** Older ones cannot `require` an ES module, which the Temporal SDK does with our converters. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  giveUp(
    `This is Node ${process.versions.node}; the payout engine needs Node ${OLDEST.join('.')} or newer. ` +
      'Install it from nodejs.org (or: nvm install 20), then run the same command again.',
  );
}
