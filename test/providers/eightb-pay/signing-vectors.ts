/** 8b.world /pay §3.2, and the sibling brands' conflict about the algorithm. */
export const VECTORS = [
  {
    name: 'V1, published by 8b.world',
    key: '123',
    data: 'eyJhcGlfa2V5IjoiMWQwMzhmNzAtM2VmZi0wMTNhLWNlYmYtMDI0MjBhMDAwOTJiIiwiYW1vdW50IjoxMDAwMC4wMCwiY3VycmVuY3kiOiJJRFIiLCJyZWZlcmVuY2UiOiIxMjM0NTY3ODkiLCJwYXJhbXMiOnsicGF5ZXJfZmlyc3RuYW1lIjoiTmFtZSIsInBheWVyX2xhc3RuYW1lIjoiU3VybmFtZSIsInVzZXJfZW1haWwiOiIxMjM0NUBhYmMuY29tIiwidXNlcl9waG9uZSI6Iis2MjI4NTEyODAifX0=',
    sign: 'bde24ba9c2868d9a538ade7353c1bd13',
  },
  {
    name: 'V2',
    key: 'k3yEXAMPLEnotreal',
    data: 'eyJhcGlfa2V5Ijoic2hvcC0xIiwicmVmZXJlbmNlIjoib3JkZXItMDAwMSJ9',
    sign: 'ebfd462de26ca932c0d57a39e596ddc2',
  },
  {
    name: 'V3, UTF-8 with + and / in base64',
    key: 'k3yEXAMPLEnotreal',
    data: 'eyJkZXNjcmlwdGlvbiI6ItCe0L/Qu9Cw0YLQsCDDvD8+In0=',
    sign: '7b1b26a2de09382bb00c2db5a1fce13b',
  },
  {
    name: 'V4, the request of §4.1',
    key: 'k3yEXAMPLEnotreal',
    data: 'eyJhcGlfa2V5IjoiMTExMTExMTEtMjIyMi0zMzMzLTQ0NDQtNTU1NTU1NTU1NTU1IiwiZXhwaXJhdGlvbiI6IjIwMzAtMDEtMDEgMDA6MDAiLCJhbW91bnQiOjMyNy43OCwiY3VycmVuY3kiOiJVU0QiLCJyZWZlcmVuY2UiOiJvcmRlci0wMDAxIiwiZGVzY3JpcHRpb24iOiJ0ZXN0Iiwic3VjY2Vzc191cmwiOiJodHRwczovL3Nob3AuZXhhbXBsZS9vayIsImZhaWx1cmVfdXJsIjoiaHR0cHM6Ly9zaG9wLmV4YW1wbGUva28iLCJsYW5nIjoiZW4iLCJwYXJhbXMiOnsidXNlcl9lbWFpbCI6ImFubmFAc2hvcC5leGFtcGxlIiwiZmxhZ19nZXRfdXJsIjoxfX0=',
    sign: '2655e06884dea2c3560b5eff043d5bb6',
  },
  {
    name: 'V5, the callback of §5',
    key: 'k3yEXAMPLEnotreal',
    data: 'eyJ0cmFuc2FjdGlvbl9pZCI6MTk3LCJyZWZlcmVuY2UiOiJvcmRlci0wMDAxIiwiYXBpX2tleSI6IjExMTExMTExLTIyMjItMzMzMy00NDQ0LTU1NTU1NTU1NTU1NSIsImFtb3VudCI6IjMyNy43OCIsImN1cnJlbmN5IjoiVVNEIiwic3RhdHVzIjozfQ==',
    sign: 'e44cb26e0556ca31dee4e5becdf52d86',
  },
  {
    name: 'V6, line breaks are signed',
    key: 'k3yEXAMPLEnotreal',
    data: 'eyJpdGVtcyI6W3sidHJhbnNhY3Rpb25faWQiOjE5NywicmVmZXJlbmNlIjoi\nb3JkZXItMDAwMSIsInN0YXR1cyI6M31dfQ==\n',
    sign: 'b4c50d109fd31d61e55639232d3582ff',
  },
] as const;

/** The signature of V6 without its line breaks: must not match. */
export const V6_STRIPPED = '703fd34c4789c0858a8ae02cc62fc170';
