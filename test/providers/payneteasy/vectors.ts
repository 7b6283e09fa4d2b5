/** The document's own vectors (Payneteasy §4.4), written down once more. */
export const LOGIN = 'merchant1';
export const CONTROL_KEY = '0A1B2C3D-1111-4222-8333-444455556666';
export const CLIENT_ORDER_ID = 'PX7K2M9QH4T6W8Z1C5D0';
export const PROVIDER_ORDER_ID = '6768788';
export const ENDPOINT_ID = '39915';
export const STAMP = { nonce: '5f2b7c1e9a3d4860b1c2d3e4f5a60718', timestamp: 1_741_064_767 };

export const CONTROLS = {
  status: '86b5720c71fa46561c3ddca9d25dee66af7d3f20',
  statusWithoutOrderId: 'e1441fd4e41061c559970f570db52808094378c7',
  approved: '19ff108278f5842af679e972a56371b8d2197884',
  declined: '6d687a1f7e32486542842c7ca726ace62b3dc88e',
};

export const RSA = {
  url: 'https://sandbox.payneteasy.com/paynet/api/v4/payout/39915',
  fields: {
    account_number: 'DE00123456780000000001',
    amount: '150.50',
    bank_name: 'Example Bank',
    client_orderid: CLIENT_ORDER_ID,
    currency: 'USD',
    order_desc: "Payout #1 (Anna's)",
    server_callback_url: 'https://pay.example/cb/pne?x=1',
  },
  base: 'POST&https%3A%2F%2Fsandbox.payneteasy.com%2Fpaynet%2Fapi%2Fv4%2Fpayout%2F39915&account_number%3DDE00123456780000000001%26amount%3D150.50%26bank_name%3DExample%2520Bank%26client_orderid%3DPX7K2M9QH4T6W8Z1C5D0%26currency%3DUSD%26oauth_consumer_key%3Dmerchant1%26oauth_nonce%3D5f2b7c1e9a3d4860b1c2d3e4f5a60718%26oauth_signature_method%3DRSA-SHA256%26oauth_timestamp%3D1741064767%26oauth_version%3D1.0%26order_desc%3DPayout%2520%25231%2520%2528Anna%2527s%2529%26server_callback_url%3Dhttps%253A%252F%252Fpay.example%252Fcb%252Fpne%253Fx%253D1',
  sha256: '94eee694b7529380b887409e717623bc687ce2e677cad9e75bdd87940dead796',
  signature:
    'q9/CxfnBwTwspMF8RljoRZgWjRVA7Iy5vpaUeyc/pM1WEk8hQLWaARzwaH50lSTj9M/fzf1EfJlTAiVOQIA4QcZVJe/EhGmgQ/xUDGjXUJr2rNKBd03PYXvGWeroSTV2MigIAM8FwjEDrsL23lSVw4jms6C9BZfSsNtUHtghFmIys8b1Hz1cxPbkQ4V3xDy5waanHQP5tO8C38nB5IIORu2yZ+6lJZcKYM4iMkYurTyv2iNM32Q6uWn6Yvmdcq6RHc2X32rPEI31wnhDw3rKdhdh0jHQ9Fn4Vn64jQpGeTeAbI2aAWk533opVvQY2I+rZdDi9Sht2auvNZL7FVzQww==',
  publicKey: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA11ZhgMe1fVK+t6npDZCD
Mf5/Ybvw3czpdt1CkDAONLymgWot7hU98sIsBffc/Pu+Vw6bAJHX3o+M/Zb+qNA4
OGKyHVjWK5A2gn/p9olvgXSMYO3wseo9cAu1cwgq8EvYsiUN0CoNB9iZJKIsUAK3
lWFxJpqi8jS/65u+T8GmvzXoWS12GJQuCdgnV16Y7iOZl2cs26l6CMqwRrt0S511
AMOqbvKefYt4UOPVgl0TSSDLkTNYaquVXriDToo6HJMGoGvfHuLnmY5RL4JHGulk
yWm8D+yLJ4n1pQPnPoPZYryuZymD8lK50/J6YJJd6HlM34mAAwu9leLRBMFZNdhL
jQIDAQAB
-----END PUBLIC KEY-----
`,
};

export const HMAC = {
  url: 'https://sandbox.payneteasy.com/paynet/api/v2/get-balance/39915',
  fields: { 'balance-provider': 'main' },
  base: 'POST&https%3A%2F%2Fsandbox.payneteasy.com%2Fpaynet%2Fapi%2Fv2%2Fget-balance%2F39915&balance-provider%3Dmain%26oauth_consumer_key%3Dmerchant1%26oauth_nonce%3D5f2b7c1e9a3d4860b1c2d3e4f5a60718%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1741064767%26oauth_version%3D1.0',
  signature: 'mZYpPcboEakpCedRZMH+FrFKSXU=',
};
