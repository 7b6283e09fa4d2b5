import winston from 'winston';
import { redact } from '../secrets/redaction.js';

export type Log = winston.Logger;

export interface LogOptions {
  /** @default 'info' */
  readonly level?: string | undefined;
  /** Write there instead of to standard output. */
  readonly file?: string | undefined;
}

/** One JSON object per line, redacted before anything is written. */
export function createLog({ level = 'info', file }: LogOptions = {}): Log {
  return winston.createLogger({
    level,
    format: winston.format.combine(winston.format.timestamp(), redacted(), winston.format.json()),
    transports: [
      file === undefined ? new winston.transports.Console() : new winston.transports.File({ filename: file }),
    ],
  });
}

/** winston keeps a line's level under a symbol, which a plain copy would lose. */
const redacted = winston.format((info) => {
  const line = redact(info) as typeof info;
  for (const symbol of Object.getOwnPropertySymbols(info))
    Reflect.set(line, symbol, Reflect.get(info, symbol));
  return line;
});
