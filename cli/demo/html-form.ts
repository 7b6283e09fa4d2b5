/** The form of a simple page, as far as a scripted visitor needs it. */
export interface HtmlForm {
  readonly method: 'GET' | 'POST';
  /** Absolute. */
  readonly action: string;
  /** Fields by name with the values that the page gives them; buttons are not among them. */
  readonly fields: Readonly<Record<string, string>>;
  /** Names of the fields that a person types in. */
  readonly typed: readonly string[];
  readonly buttons: readonly FormButton[];
}

export interface FormButton {
  readonly name?: string | undefined;
  readonly value: string;
  /** What a person reads on it. */
  readonly label: string;
}

/** Reads the forms of a page. No general HTML parser: pages written by hand, without scripts. */
export function readForms(html: string, pageUrl: string): HtmlForm[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gis)].map(([, head = '', body = '']) => {
    const attributes = attributesOf(head);
    const inputs = [...body.matchAll(/<input\b([^>]*)>/gi)].map(([, text = '']) => attributesOf(text));
    const named = inputs.filter(({ name, type }) => name !== undefined && type !== 'submit');
    const submits = inputs.filter(({ type }) => type === 'submit');
    return {
      method: attributes['method']?.toUpperCase() === 'POST' ? 'POST' : 'GET',
      action: new URL(attributes['action'] || pageUrl, pageUrl).href,
      fields: Object.fromEntries(named.map(({ name = '', value = '' }) => [name, value])),
      typed: named.filter(({ type }) => type !== 'hidden').map(({ name = '' }) => name),
      buttons: [
        ...[...body.matchAll(/<button\b([^>]*)>(.*?)<\/button>/gis)].map(([, text = '', label = '']) =>
          buttonOf(attributesOf(text), unescapeHtml(label.replace(/<[^>]*>/g, '')).trim()),
        ),
        ...submits.map((submit) => buttonOf(submit, submit['value'] ?? '')),
      ],
    };
  });
}

function buttonOf({ name, value = '' }: Readonly<Record<string, string>>, label: string): FormButton {
  return { name, value, label };
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi);
  return Object.fromEntries(
    [...found].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      unescapeHtml(double ?? single ?? bare ?? ''),
    ]),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeHtml(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal, hex, name: string | undefined) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all;
    return String.fromCodePoint(decimal === undefined ? parseInt(String(hex), 16) : Number(decimal));
  });
}
