/** Where a set of keys is kept, for the one command that changes it: its file, or the variable itself. */
export function keyFileOf(
  name: 'PAYOUTS_PAYLOAD_KEYS' | 'PAYOUTS_SEALING_KEYS',
  env: NodeJS.ProcessEnv = process.env,
): { readonly path: string } | 'inline' | undefined {
  const path = env[`${name}_FILE`] || undefined;
  if (path !== undefined) return { path };
  const value = env[name] || undefined;
  if (value === undefined) return undefined;
  return value.trimStart().startsWith('{') ? 'inline' : { path: value };
}
