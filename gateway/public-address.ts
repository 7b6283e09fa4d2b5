import { BlockList, isIP } from 'node:net';

/** Where an IPv4 address leads into a network of ours, or nowhere (IANA's special-purpose registry). */
const PRIVATE_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Link-local: cloud machines keep their credentials at 169.254.169.254.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Within IPv6's public 2000::/3: what tunnels to an IPv4 address that nobody looked at, or is for documents. */
const PRIVATE_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const notPublicV4 = listOf(PRIVATE_V4, 'ipv4');
const notPublicV6 = listOf(PRIVATE_V6, 'ipv6');
const globalV6 = listOf([['2000::', 3]], 'ipv6');

function listOf(networks: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family);
  return list;
}

/** Does it lead out into the world? Neither to this machine, nor into the network around it. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !notPublicV4.check(address);
  if (isIP(address) !== 6 || address.includes('%')) return false;
  // Not ::ffff:0:0/96 either, nor 64:ff9b::/96: IPv4 under another name.
  return globalV6.check(address, 'ipv6') && !notPublicV6.check(address, 'ipv6');
}
