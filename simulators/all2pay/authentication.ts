/** Who calls: `userName` and `password` inside the body. All2pay payouts document §2, §11.1 rows 12, 17 and 18. */
import type { JsonObject } from './fields.js';
import { requiredText } from './fields.js';
import { refusal } from './refusal.js';
import type { Login } from './settings.js';

/** The seed spells it both ways (§14 I4). */
export const CREDENTIAL_FIELDS = ['userName', 'username', 'password'] as const;

export function loginNameOf(body: JsonObject): string | undefined {
  const name = body['userName'] ?? body['username'];
  return typeof name === 'string' ? name : undefined;
}

export function authenticate(body: JsonObject, logins: ReadonlyMap<string, Login>): string {
  const given = body['userName'] ?? body['username'];
  if (!given || !body['password']) throw refusal(12);
  const name = requiredText({ userName: given }, 'userName', { max: 30 });
  const password = requiredText(body, 'password', { max: 30 });
  const login = logins.get(name);
  if (!login) throw refusal(17);
  if (login.password !== password) throw refusal(18, name);
  return name;
}
