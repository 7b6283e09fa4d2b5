import type { PayoutRequest, SealedPayoutRequest } from '../domain/payout-request.js';
import type { Problem } from '../domain/problem.js';
import { parsePayoutRequest } from '../schemas/payout-request.js';
import { checkCells } from './check-cells.js';
import type { CellProblem } from './problem.js';
import type { RowCells } from './row-cells.js';
import { columnOfField, draftRequest } from './row-request.js';

export type CheckedRow =
  | { readonly ok: true; readonly request: PayoutRequest | SealedPayoutRequest }
  | { readonly ok: false; readonly problems: readonly CellProblem[] };

/** Makes a request of one row's cells, or says all that is wrong with them: one problem per cell. */
export function checkRow(cells: RowCells, defaultMerchant: string | undefined): CheckedRow {
  const spoilt = [...missingMerchant(cells, defaultMerchant), ...checkCells(cells)];
  const parsed = parsePayoutRequest(draftRequest(cells, defaultMerchant));
  if (parsed.ok && spoilt.length === 0) return parsed;
  return { ok: false, problems: [...spoilt, ...(parsed.ok ? [] : unsaid(parsed.problems, spoilt))] };
}

/** What the request's own check finds beside what was said of the cells already. */
function unsaid(problems: readonly Problem[], said: readonly CellProblem[]): readonly CellProblem[] {
  const columns = new Set(said.map((problem) => problem.column));
  return problems
    .map(({ field, ...words }) => ({ column: columnOfField(field), ...words }))
    .filter(({ column }) => !columns.has(column));
}

function missingMerchant(cells: RowCells, fallback: string | undefined): readonly CellProblem[] {
  if (cells.has('merchant') || fallback !== undefined) return [];
  const remedy = 'Name it, or name the merchant of such rows with --merchant.';
  return [{ column: 'merchant', problem: 'is empty and there is no default merchant', remedy }];
}
