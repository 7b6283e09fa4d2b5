export function isRegExp(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}

/** Every request carries the payer's data: http is for a simulator (loopback, or a container's name). */
export function isSafeBase(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username || password || search || hash) return false;
  return (
    protocol === 'https:' ||
    /^(127\.\d+\.\d+\.\d+|\[::1\]|[a-z0-9_-]+|[a-z0-9_-]+\.localhost)$/i.test(hostname)
  );
}
