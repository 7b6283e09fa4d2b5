import type { CliIo } from '../io.js';
import type { RowStatus } from './row-state.js';

type Color = 'green' | 'red' | 'yellow' | 'cyan' | 'magenta' | 'dim';

const STYLES: Readonly<Record<RowStatus, { sign: string; color: Color }>> = {
  waiting: { sign: '·', color: 'dim' },
  starting: { sign: '›', color: 'cyan' },
  created: { sign: '›', color: 'cyan' },
  awaiting_approval: { sign: '?', color: 'yellow' },
  scheduled: { sign: '·', color: 'cyan' },
  action_required: { sign: '!', color: 'yellow' },
  processing: { sign: '›', color: 'cyan' },
  in_review: { sign: '?', color: 'magenta' },
  succeeded: { sign: '✔', color: 'green' },
  declined: { sign: '✖', color: 'red' },
  failed: { sign: '✖', color: 'red' },
  cancelled: { sign: '–', color: 'dim' },
  expired: { sign: '–', color: 'yellow' },
  returned: { sign: '↩', color: 'magenta' },
  refused: { sign: '✖', color: 'red' },
  unreachable: { sign: '✖', color: 'magenta' },
};

/** The longest status, so that columns line up. */
export const STATUS_WIDTH = Math.max(...Object.keys(STYLES).map((status) => status.length));

export function signOf(status: RowStatus): string {
  return STYLES[status].sign;
}

/** Colours text as its status is coloured everywhere. */
export function paint(colors: CliIo['colors'], status: RowStatus, text: string): string {
  return colors[STYLES[status].color](text);
}
