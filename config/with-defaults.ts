/** The environment, with values for the variables that it does not set: for an embedded engine's own simulators. */
export function environmentWith(
  defaults: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  return { ...defaults, ...env };
}
