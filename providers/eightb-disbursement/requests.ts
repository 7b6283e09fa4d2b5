import type { StatusQuery } from '../port.js';
import type { TimeSpan } from '../../domain/time-span.js';
import { wireAmount } from './amount.js';
import type { EightbConfig, Message } from './config.js';
import { wireDateTime, wireListTime } from './dates.js';
import { chooseDirection } from './directory.js';
import { encodeForm, type Fields } from './form.js';
import { hashOf } from './hash.js';

/** `check` (8b Disbursement §5.2) repeats amount and direction; undefined where the directory has no direction any more. */
export function checkFields(query: StatusQuery, config: EightbConfig, now: number): Fields | undefined {
  const { destination, providerFields } = query.request;
  const chosen = chooseDirection(config.destinations, { destination, amount: query.amount, providerFields });
  const amount = wireAmount(query.amount, config);
  if (chosen.kind !== 'one' || amount === undefined) return undefined;
  const at = config.checkDt === 'original' ? Date.parse(query.acceptedAt) : now;
  return {
    id: query.orderId,
    dt: wireDateTime(at, config.providerTimeZone),
    amount,
    destination: chosen.code,
  };
}

/** `notify` (§5.6). */
export function notifyFields({ orderId }: StatusQuery, config: EightbConfig, now: number): Fields {
  return { id: orderId, dt: wireDateTime(now, config.providerTimeZone) };
}

/** `balance` (§5.3). */
export function balanceFields(config: EightbConfig, now: number): Fields {
  return { dt: wireDateTime(now, config.providerTimeZone) };
}

const MINUTE_MS = 60_000;

/** The span of a list, in whole minutes: from the minute it begins in to the end of the one it ends in (§5.4, §5.5). */
export function spanFields({ from, to }: TimeSpan, { providerTimeZone }: EightbConfig): Fields {
  const end = Math.ceil(Date.parse(to) / MINUTE_MS) * MINUTE_MS;
  return {
    dt_start: wireListTime(Date.parse(from), providerTimeZone),
    dt_end: wireListTime(end, providerTimeZone),
  };
}

/** The bytes that leave: the fields, their hash, and the key itself where the installation insists (§3). */
export function signedBody(message: Message, fields: Fields, config: EightbConfig): Buffer {
  const { sendSecretInClear, secretField, secretKey } = config;
  const all = {
    ...fields,
    ...(sendSecretInClear && { [secretField]: secretKey }),
    hash: hashOf(message, fields, config),
  };
  return Buffer.from(encodeForm(all, config), 'utf8');
}

/** The address of `payout_reestr` (§5.5), a GET: the key itself is never in it. */
export function registryUrl(span: TimeSpan, config: EightbConfig): string {
  const { registryPath, registryTypeIn, registryFormat, serviceId } = config;
  const dates = spanFields(span, config);
  const fields: Fields = {
    ...(registryTypeIn === 'query' && { type: registryFormat }),
    service_id: serviceId,
    ...dates,
    hash: hashOf('payout_reestr', { ...dates, service_id: serviceId, type: registryFormat }, config),
  };
  const place = registryTypeIn === 'path' ? `${registryPath}/${registryFormat}` : registryPath;
  return `${addressOf(place, config)}?${encodeForm(fields, config)}`;
}

export function addressOf(
  path: string,
  { baseUrl, serviceId }: Pick<EightbConfig, 'baseUrl' | 'serviceId'>,
): string {
  return `${baseUrl.replace(/\/+$/, '')}${path.replaceAll('{service_id}', serviceId)}`;
}
