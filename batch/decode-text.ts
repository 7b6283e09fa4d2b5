import type { FileProblem } from './problem.js';

export type Decoded = { readonly text: string } | { readonly problem: FileProblem };

const AS_UTF8 = 'Save the file as "CSV UTF-8" and try again.';

/** The bytes of a file as text, without its byte order mark and with one kind of line break. */
export function decodeText(bytes: Uint8Array): Decoded {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { problem: { problem: 'is in UTF-16', remedy: AS_UTF8 } };
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04) {
    return { problem: { problem: 'is a spreadsheet (XLSX), not a CSV file', remedy: AS_UTF8 } };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.includes('\0')) return { problem: { problem: 'is not a text file', remedy: AS_UTF8 } };
    return { text: text.replace(/\r\n?/g, '\n') };
  } catch {
    return { problem: { problem: 'is not in UTF-8', remedy: AS_UTF8 } };
  }
}
