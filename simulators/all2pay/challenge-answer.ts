/** The fields that hand a 3DS challenge out. All2pay payouts document §6 "3DS is demanded" and §7. */
import type { Addresses } from './addresses.js';
import type { JsonObject } from './fields.js';
import type { Variant } from './variant.js';

/** The document's samples have a text in place of a real PaReq. */
export const WHITE_PAGE = 'white page';

export function challengeFields(
  mdOrder: string,
  { threeDs, is3DSVer2 }: Variant,
  addresses: Addresses,
): JsonObject {
  const classic = { paReq: WHITE_PAGE, termUrl: addresses.finish() };
  return {
    acsUrl: addresses.acs(mdOrder),
    mdOrder,
    info: 'Your order is being processed, redirecting...',
    is3DSVer2,
    ...(threeDs === 'creq' ? { packedCReq: packedCReq(mdOrder) } : classic),
    ...(threeDs === 'shortUrl' && { shortUrl: addresses.acsRedirect(mdOrder) }),
  };
}

/** EMV 3DS: base64url JSON; the ACS finds its transaction in it. */
export function packedCReq(mdOrder: string): string {
  const request = { threeDSServerTransID: mdOrder, messageType: 'CReq', messageVersion: '2.1.0' };
  return Buffer.from(JSON.stringify(request), 'utf8').toString('base64url');
}
