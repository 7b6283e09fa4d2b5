/** What the operating system says of a server that is not there. */
const SYSTEM_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ENOENT',
]);

/** What PostgreSQL says (SQLSTATE) where the same call may succeed later. */
const SQL_STATES: ReadonlySet<string> = new Set([
  '25006', // read-only: a standby, until the failover is complete
  '25P03', // idle in transaction for too long
  '40001', // serialization failure
  '40P01', // deadlock
  '55P03', // lock not available
  '57014', // statement timeout
  '57P01', // shutting down
  '57P02', // crashed
  '57P03', // starting up
  '57P05', // idle session closed
]);

/** Connection exceptions; insufficient resources (connections, disk, memory); errors of the server's system. */
const SQL_CLASSES = ['08', '53', '58'];

/** What `pg` says without any code. */
const MESSAGES =
  /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed)/;

/** Does this error of `pg` say that the database was out of reach, rather than that the statement was wrong? */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined) return MESSAGES.test(error.message);
  if (SYSTEM_CODES.has(code) || SQL_STATES.has(code)) return true;
  return code.length === 5 && SQL_CLASSES.includes(code.slice(0, 2));
}
