import type { Visit } from '../../batch/payout-row.js';
import type { Action } from '../../domain/provider-answer.js';
import { readForms, type FormButton, type HtmlForm } from './html-form.js';

export interface VisitOptions {
  readonly action: Action;
  readonly visit: Exclude<Visit, 'abandon'>;
  /** The visitor's cards, in the order in which they are tried; without one, a page that asks for a card is an error. */
  readonly cards?: readonly TypedCard[] | undefined;
  /** Where the merchant's own pages are: the visit ends when the browser is sent to one of them. */
  readonly returnUrls: readonly string[];
}

/** What a person types on a page. */
export interface TypedCard {
  readonly number: string;
  /** `12/30`. */
  readonly expiry?: string | undefined;
  readonly code?: string | undefined;
  readonly holder?: string | undefined;
}

const MAX_STEPS = 12;
/** What a field of a page is for, by its name. */
const FIELDS: Readonly<Record<keyof TypedCard, RegExp>> = {
  number: /^(pan|card.?number|cardnumber|card)$/i,
  expiry: /^exp(iry|iration)?(.?date)?$/i,
  code: /^(cvv2?|cvc2?|code)$/i,
  holder: /^(card)?.?holder(.?name)?$/i,
};
const CANCELLING = /cancel|decline|abort|refuse|reject|deny|отмен|отказ/i;

/**
 * A person with a browser, by script: opens the page, types the card number where one is asked for, presses the button
 * (or the one that cancels), also that of a bank's 3-D Secure, and follows each redirect by hand up to the merchant's
 * own page, which is not opened. Returns that address.
 *
 * @throws Error in words if the page is not as a person would need it
 */
export async function visitPage(options: VisitOptions): Promise<string> {
  let request = firstRequest(options.action);
  const cards = [...(options.cards ?? [])];
  const consented = new Set<string>();
  let submitted = false;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const response = await fetch(request.url, {
      ...request.init,
      // To whoever is no browser, a provider may answer in JSON instead of leading on.
      headers: { accept: 'text/html' },
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
    });
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      const url = new URL(location, request.url).href;
      if (options.returnUrls.some((wanted) => isSamePage(url, wanted))) return url;
      request = { url };
      continue;
    }
    const html = await response.text();
    const form = chooseForm(readForms(html, request.url));
    const question = form && questionOf(form, html);
    // A card that was declined may be followed by another one, whatever status says so.
    const another = question === 'card' && submitted && cards.length > 0;
    // The same question again: the answer was not taken.
    const again = question === 'consent' && consented.has(form?.action ?? '');
    const triedAll = question === 'card' && submitted && cards.length === 0 && options.visit === 'complete';
    if (form === undefined || again || triedAll || (!response.ok && !another))
      throw new Error(lost(response.status, request.url, submitted));
    if (question === 'none') request = post(form.action, form.fields);
    else request = submission(form, question === 'card' ? cards.shift() : 'consent', options.visit);
    if (question === 'consent') consented.add(form.action);
    submitted = true;
  }
  throw new Error(`the page sent the visitor around more than ${MAX_STEPS} times`);
}

/**
 * What a form asks: for a card, whether the person agrees (3-D Secure), or nothing, where the page itself sends it off.
 */
type Question = 'card' | 'consent' | 'none';

function questionOf({ typed }: HtmlForm, html: string): Question {
  if (typed.length === 0) return /\.submit\(\)/.test(html) ? 'none' : 'consent';
  const strange = typed.filter((name) => !Object.values(FIELDS).some((field) => field.test(name)));
  if (strange.length === 0 && typed.some((name) => FIELDS.number.test(name))) return 'card';
  throw new Error(`the page asks for ${typed.join(', ')}: a scripted visitor has only a card`);
}

interface Request {
  readonly url: string;
  readonly init?: RequestInit;
}

function firstRequest(action: Action): Request {
  return action.type === 'redirect' ? { url: action.url } : post(action.url, action.fields);
}

function post(url: string, fields: Readonly<Record<string, string>>): Request {
  return { url, init: { method: 'POST', body: new URLSearchParams(fields) } };
}

function chooseForm(forms: readonly HtmlForm[]): HtmlForm | undefined {
  return forms.find((form) => form.typed.some((name) => FIELDS.number.test(name))) ?? forms[0];
}

function submission(form: HtmlForm, what: TypedCard | 'consent' | undefined, visit: Visit): Request {
  const button = form.buttons.find((candidate) => cancels(candidate) === (visit === 'cancel'));
  if (visit === 'cancel' && button === undefined) throw new Error('the page has no button that cancels');
  if (visit === 'complete' && button === undefined && form.buttons.length > 0)
    throw new Error('the page has no button that goes on');
  if (what === undefined && visit === 'complete') throw new Error('the page asks for a card number');
  const fields = {
    ...form.fields,
    ...(visit === 'complete' && typeof what === 'object' && typedInto(form, what)),
    ...(button?.name !== undefined && { [button.name]: button.value }),
  };
  if (form.method === 'POST') return post(form.action, fields);
  const url = new URL(form.action);
  url.search = new URLSearchParams(fields).toString();
  return { url: url.href };
}

function typedInto({ typed }: HtmlForm, card: TypedCard): Readonly<Record<string, string>> {
  const kinds = Object.keys(FIELDS) as (keyof TypedCard)[];
  return Object.fromEntries(
    typed.map((name) => [name, card[kinds.find((kind) => FIELDS[kind].test(name)) ?? 'number'] ?? '']),
  );
}

function cancels({ name = '', value, label }: FormButton): boolean {
  return CANCELLING.test(`${name} ${value} ${label}`);
}

/** The same address; what the provider and we append to its query does not matter. */
function isSamePage(url: string, wanted: string): boolean {
  const [a, b] = [new URL(url), new URL(wanted)];
  return a.origin === b.origin && a.pathname === b.pathname;
}

function lost(status: number, url: string, submitted: boolean): string {
  const { host, pathname } = new URL(url);
  const when = submitted ? 'after the form was sent' : 'before any form';
  return `${host}${pathname} answered ${status} ${when} and led no further`;
}
