import type { Action } from '../../domain/provider-answer.js';

/** A person with a browser: opens where an action leads, fills the form in, and sends it. */
export async function act(action: Action, fields: Record<string, string>): Promise<Response> {
  const first =
    action.type === 'redirect'
      ? await fetch(action.url)
      : await fetch(action.url, { method: 'POST', body: new URLSearchParams(action.fields) });
  const html = await first.text();
  const target = /<form[^>]*action="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? action.url;
  const hidden = [...html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]): [string, string] => [
    /name="([^"]*)"/.exec(tag)?.[1] ?? '',
    /value="([^"]*)"/.exec(tag)?.[1] ?? '',
  ]);
  return fetch(new URL(target, action.url), {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html' },
    body: new URLSearchParams([...hidden, ...Object.entries(fields)]),
  });
}
