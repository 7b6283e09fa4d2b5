import type { FastifyReply } from 'fastify';

/** A small page without scripts, styles or anything of the caller's: for a recipient who has nowhere else to go. */
export function sendPage(reply: FastifyReply, status: number, title: string, words: string): FastifyReply {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<h1>${title}</h1>
<p>${words}</p>
</html>
`;
  return reply.code(status).header('content-type', 'text/html; charset=utf-8').send(html);
}
