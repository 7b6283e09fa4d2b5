/** A code of the provider, bounded: it becomes part of records and metrics. */
export function shortCode(code: string): string {
  return /^[\w.-]{1,32}$/.test(code) && !/\d{6}/.test(code) ? code : 'unreadable_code';
}
