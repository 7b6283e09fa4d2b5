import type { Action } from '../domain/provider-answer.js';

/** The fields that somebody types into a form, by name. */
export type Typed = Readonly<Record<string, string>>;

/**
 * A person with a browser: opens what we showed, sends its form off once for each of `submissions`, hidden fields
 * included, and follows the way back to our gateway.
 *
 * @throws Error if the page has no form, or leads nowhere
 */
export async function visitPage(action: Action, submissions: readonly Typed[]): Promise<void> {
  let page = await open(action);
  for (const typed of submissions) page = await submit(page, typed);
  const { status } = page.response;
  if (status >= 400) throw new Error(`the provider's page ended with ${status}`);
}

interface Page {
  readonly url: string;
  readonly response: Response;
}

function open(action: Action): Promise<Page> {
  return action.type === 'redirect' ? browse(action.url) : browse(action.url, action.fields);
}

async function submit({ url, response }: Page, typed: Typed): Promise<Page> {
  const html = await response.text();
  const form = /<form[^>]*\baction="([^"]*)"/.exec(html);
  if (!form && !html.includes('<form')) throw new Error("the provider's page has no form");
  const hidden = [...html.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)].map(([tag]) => [
    attribute(tag, 'name'),
    attribute(tag, 'value'),
  ]);
  const target = new URL(unescapeHtml(form?.[1] ?? ''), url).href;
  return browse(target, { ...(Object.fromEntries(hidden) as Record<string, string>), ...typed });
}

/** Follows redirects, but leaves our return door for the merchant's pages unvisited: they do not exist. */
async function browse(url: string, fields?: Typed): Promise<Page> {
  const post = fields && { method: 'POST', body: new URLSearchParams(fields) };
  const response = await fetch(url, { ...post, redirect: 'manual', signal: AbortSignal.timeout(10_000) });
  const location = response.headers.get('location');
  if (location === null || url.includes('/return/')) return { url, response };
  return browse(new URL(location, url).href);
}

function attribute(tag: string, name: string): string {
  return unescapeHtml(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

function unescapeHtml(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}
