/*
 * Who did something, as every history and the audit have it: `engine`, `temporal`, `provider:<account>`; of people and
 * their programs `key:<id> <name>` by the HTTP API, `cli:<user>` straight at Temporal or the journal, `merchant:<id>` by
 * the client library where it was given no name.
 */

/** By a key to the HTTP API: its id tells it from others of the same name. */
export function keyActor({ id, name }: { readonly id: string; readonly name: string }): string {
  return `key:${id} ${name}`;
}

/** By whoever this user of the operating system is. */
export function cliActor(user: string): string {
  return `cli:${user}`;
}

/** By the merchant's own back end, straight at Temporal. */
export function merchantActor(merchant: string): string {
  return `merchant:${merchant}`;
}

/** Neither the engine nor a provider: what such a one does is a command, and its words may hold personal data. */
export function isPerson(actor: string): boolean {
  return !/^(engine|temporal|provider)(:|$)/.test(actor);
}
