/**
 * An address as it is compared: a socket that takes both families shows an IPv4 sender as `::ffff:192.0.2.1`, and a
 * link-local one with its interface (`fe80::1%eth0`).
 */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
}
