import type { ListAnswer, NotSent, Unknown } from '../../domain/provider-answer.js';
import type { HttpAnswer } from '../http-call.js';
import type { PaymentReport, PaymentReportLine } from '../payment-port.js';
import { readEnvelope } from './envelope.js';
import { eventOf } from './error-classes.js';
import type { Exchange } from './exchange.js';
import { unknown, type Reading } from './reading.js';
import { reportLine, reportPage, type ReportPage } from './report-schema.js';
import { reportDocument } from './requests.js';

const MINUTE = 60_000;

/** `get_report` (8b.world /pay §4.3): pages 1 to `pages`, all of them or none. */
export function createReport(exchange: Exchange, reading: Reading): PaymentReport {
  const { config } = reading;
  return {
    maxSpanMs: config.reportSpanSecs * 1000,
    async read(span, signal): Promise<ListAnswer<PaymentReportLine>> {
      const [from, to] = [Date.parse(span.from), Date.parse(span.to)];
      // The provider knows minutes: what it gives too much is dropped.
      const asked = { from: Math.floor(from / MINUTE) * MINUTE, to: Math.ceil(to / MINUTE) * MINUTE };
      const lines = new Map<string, PaymentReportLine>();
      let pages = 1;
      let total = 0;
      for (let page = 1; page <= pages; page += 1) {
        const exact = exchange.body(reportDocument({ ...asked, page }, config));
        const read = readPage(await exchange.post('report', exact, 'pooled', signal), reading);
        if ('kind' in read) return read;
        pages = read.pages;
        total = read.total_count ?? 0;
        if (pages > config.maxPages) {
          return unknown('report_too_long', `The report has ${pages} pages: ask for a shorter time`);
        }
        for (const document of read.items) {
          const line = reportLine(document, reading);
          if (line === undefined) return unknown('unreadable', 'A line of the report cannot be read');
          lines.set(line.transactionId, line);
        }
      }
      if (lines.size < total) {
        return unknown('report_incomplete', `The report gave ${lines.size} of ${total} transactions`);
      }
      const within = ({ createdAt }: PaymentReportLine): boolean =>
        Date.parse(createdAt) >= from && Date.parse(createdAt) < to;
      return { kind: 'answered', lines: [...lines.values()].filter(within) };
    },
  };
}

function readPage(http: HttpAnswer, { config }: Reading): ReportPage | NotSent | Unknown {
  if (http.kind !== 'response') return http;
  const envelope = readEnvelope(http, config);
  const event = eventOf(http, envelope);
  const plain = envelope.kind === 'unsigned' && event === 'bad_sign' && config.plainReport;
  if (event === 'bad_sign' && !plain) return unknown('bad_signature', 'The report is not signed, or wrongly');
  const document =
    envelope.kind === 'unsigned' ? envelope.body : envelope.kind === 'signed' ? envelope.document : undefined;
  const parsed = event === 'success' || plain ? reportPage.safeParse(document) : undefined;
  if (parsed === undefined) return unknown(`http_${http.status}`, 'The provider gave no report');
  if (!parsed.success || parsed.data.success === false) {
    return unknown('unreadable', 'The report cannot be read');
  }
  return parsed.data;
}
