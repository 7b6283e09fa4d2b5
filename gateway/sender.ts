import { isIPv4, isIPv6 } from 'node:net';
import { plainAddress } from '../domain/ip-address.js';

/**
 * Whose a request is as far as limits go: an IPv4 address, or the network that one subscriber has in IPv6 (/64), since
 * each holds more addresses than anybody could count.
 */
export function senderOf(address: string): string {
  const plain = plainAddress(address);
  if (isIPv4(plain)) return plain;
  // What a trusted proxy wrote and nobody can read: all of it counts as one.
  if (!isIPv6(plain)) return 'unreadable';
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const rest = tail === '' ? [] : tail.split(':');
    // A dotted quad at the end stands for two groups; it is never among the first four.
    const written = groups.length + rest.length + (tail.includes('.') ? 1 : 0);
    groups.push(...Array.from({ length: 8 - written }, () => '0'), ...rest);
  }
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
