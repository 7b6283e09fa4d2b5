import type { FastifyInstance } from 'fastify';
import { TooDeepError } from './errors.js';

/** No request of ours nests deeper than five. */
const MAX_DEPTH = 32;

/** JSON bodies, refused before they are parsed where they nest too deeply: whoever walks such a value may not come back. */
export function parseShallowJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (nestsTooDeeply(body)) return done(new TooDeepError());
    return parse(request, body, done);
  });
}

/** Looks at brackets alone, outside of strings; true from 33 levels on. */
export function nestsTooDeeply(json: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < json.length; i += 1) {
    const char = json[i];
    if (inString) {
      if (char === '\\') i += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') {
      inString = true;
    } else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (char === '}' || char === ']') {
      depth -= 1;
    }
  }
  return false;
}
