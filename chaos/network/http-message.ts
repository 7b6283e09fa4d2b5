import {
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';

export interface Message {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export async function readMessage(incoming: IncomingMessage): Promise<Message> {
  const { method = 'GET', url = '/', headers } = incoming;
  return { method, path: url, headers, body: await bodyOf(incoming) };
}

/** Passes a message on as it came, on a connection of its own. */
export function pass(message: Message, to: URL): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = sendTo(to, message);
    outgoing.once('error', reject);
    outgoing.once('response', (response: IncomingMessage) => {
      bodyOf(response).then(
        (body) => resolve({ status: response.statusCode ?? 502, headers: response.headers, body }),
        reject,
      );
    });
    outgoing.end(message.body);
  });
}

/** Passes the first half on and breaks off. */
export async function passHalf(message: Message, to: URL): Promise<void> {
  const outgoing = sendTo(to, message);
  outgoing.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    outgoing.write(half(message.body), () => resolve());
  });
  outgoing.destroy();
}

/** Gives an answer as it came; nobody may wait for it any more. */
export function giveAnswer(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  writeHead(response, answer);
  response.end(answer.body);
}

/** How long it is, is said again: what came in pieces leaves as one. */
export function writeHead(response: ServerResponse, { status, headers, body }: Answer): void {
  const { 'transfer-encoding': _chunked, connection: _connection, ...kept } = headers;
  response.writeHead(status, { ...kept, 'content-length': body.length });
}

export function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

function sendTo(to: URL, { method, path, headers, body }: Message): ReturnType<typeof httpRequest> {
  const { host, ...rest } = headers;
  return httpRequest({
    host: to.hostname,
    port: to.port,
    method,
    path,
    // The host as the sender named it: some signatures cover it.
    headers: { ...rest, host, connection: 'close', 'content-length': body.length },
    agent: false,
  });
}

async function bodyOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
