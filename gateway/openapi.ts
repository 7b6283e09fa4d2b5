import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';

const DESCRIPTION = `
Pays people through payment providers, each payout at most once, and takes payments from payers.

**Idempotency.** \`payoutId\` is your own id of the obligation and the idempotency key, per merchant and for ever. The
same id with the same content returns the original payout (200 instead of 201); with other content it is refused with
409 and the original. After a timeout, a broken connection or a 503, repeat the request unchanged: it never pays twice.

**Outcome.** \`POST /v1/payouts\` answers as soon as there is something to say: an action for the recipient, an outcome,
or \`processing\`. Follow it with \`GET\`. Only a final status is an outcome: never pay again in another way while a payout
is \`processing\` or \`in_review\`.

**Amounts** are whole numbers of minor units: 10050 with RUB is 100.50 RUB.

**Cards.** A card number is sealed as soon as it arrives and is readable nowhere afterwards. Who must not send it at all
sends it sealed (see /.well-known/jwks.json); the client library always does.

**Stored cards** are idempotent by \`storedCardId\` in the same way. A payout names an \`active\` one as its \`destination\`
or \`source\`. A CVV is kept sealed until its one use, ten minutes at most, and then gone.

**Payments** (money in) are idempotent by \`paymentId\`, and what is done to them by \`operationId\`. Send the payer to the
page in \`action\`; one payment may have several tries (\`transactions\`). A refund never happens twice: where its outcome
cannot be proven, it is \`in_review\` until a person settles it.

**Errors** are RFC 9457 problem details. Compare by \`type\`; with 422 \`problems\` names each bad field and its remedy.
`.trim();

const TAGS = [
  { name: 'payouts', description: 'Create, follow, cancel and settle payouts.' },
  { name: 'stored-cards', description: 'Cards that a provider keeps, for payouts to name.' },
  { name: 'payments', description: 'Money in: take, give back, release and take what is held.' },
  { name: 'accounts', description: 'The configured accounts at providers.' },
  { name: 'api-keys', description: 'Keys to this API, and who did what.' },
  { name: 'stops', description: 'Send nothing new, and go on again.' },
  { name: 'providers', description: 'Doors for providers and for the browsers that come back from them.' },
  { name: 'service', description: 'Health, measurements, keys and this document.' },
];

/** The page has scripts and styles of its own files alone. */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Describes every route that is registered after it, and shows the description at /docs. */
export async function registerOpenApi(app: FastifyInstance, publicUrl: string | undefined): Promise<void> {
  const config = { zodToJsonConfig: { unrepresentable: 'any' } } as const;
  const transformObject = createJsonSchemaTransformObject(config);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Payouts', version: '1', description: DESCRIPTION },
      ...(publicUrl !== undefined && { servers: [{ url: publicUrl }] }),
      tags: TAGS,
      components: {
        securitySchemes: {
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            description: '`payk_…`. Each operation says which roles may use it.',
          },
        },
      },
      security: [{ apiKey: [] }],
    },
    transform: createJsonSchemaTransform(config),
    transformObject: (document) => withoutUnused(transformObject(document)),
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: DOCS_POLICY });
}

/** Every named schema comes as input and as output; keeps those that something refers to. */
function withoutUnused<Document extends object>(document: Document): Document {
  if (!('components' in document)) return document;
  const { schemas = {}, ...components } = document.components as { schemas?: Record<string, unknown> };
  const used = new Set<string>();
  const visit = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      visit(schemas[name] ?? {});
    }
  };
  visit({ ...document, components });
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, components: { ...components, schemas: kept } };
}
