import { BlockList, isIP } from 'node:net';

/** An IPv4 or IPv6 address, or a network in CIDR notation. */
export function isAddressOrNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

/** Is a sender among these (8b Disbursement §5.7 `callbackIps`)? Nobody is told apart where there is no list. */
export function senderTest(
  allowed: readonly string[] | undefined,
): (sourceIp: string | undefined) => boolean {
  if (allowed === undefined) return () => true;
  const list = new BlockList();
  for (const entry of allowed) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (sourceIp = '') => {
    // A socket that takes both families shows an IPv4 sender so.
    const address = sourceIp.replace(/^::ffff:(?=\d+\.)/i, '');
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
  };
}
