import http from 'node:http';
import https from 'node:https';
import type net from 'node:net';
import type { Duplex } from 'node:stream';

type OnCreate = (error: Error | null, socket: Duplex) => void;

export interface AgentPair {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

export interface AgentOptions {
  /** For name lookup, TCP and TLS together, in ms. */
  readonly connectTimeoutMs: number;
  /** True: connections are used again, for reads only. False: one connection per request. */
  readonly keepAlive: boolean;
  /** Certificate authorities to trust instead of Node's own (PEM). */
  readonly ca?: string | undefined;
}

/** Shorter than the 5 s after which common servers close an idle connection. */
const IDLE_MS = 4_000;

/**
 * Agents that hand a request its socket only after the connection stands: TCP connected and, for https, the
 * handshake done and the certificate verified. Until then the request has no socket to write to, so "no socket yet"
 * proves that no byte of it left (money rule 3). The agents of Node hand the socket over at once.
 */
export function createAgents({ connectTimeoutMs, keepAlive, ca }: AgentOptions): AgentPair {
  const pool = { keepAlive, ...(keepAlive && { timeout: IDLE_MS }) };
  return {
    http: new ConnectedHttpAgent(pool, connectTimeoutMs),
    https: new ConnectedHttpsAgent({ ...pool, ...(ca !== undefined && { ca }) }, connectTimeoutMs),
  };
}

class ConnectedHttpAgent extends http.Agent {
  readonly #connectTimeoutMs: number;

  constructor(options: http.AgentOptions, connectTimeoutMs: number) {
    super(options);
    this.#connectTimeoutMs = connectTimeoutMs;
  }

  override createConnection(options: http.ClientRequestArgs, onCreate?: OnCreate): undefined {
    whenConnected(super.createConnection(options) as net.Socket, 'connect', this.#connectTimeoutMs, onCreate);
  }
}

class ConnectedHttpsAgent extends https.Agent {
  readonly #connectTimeoutMs: number;

  constructor(options: https.AgentOptions, connectTimeoutMs: number) {
    super(options);
    this.#connectTimeoutMs = connectTimeoutMs;
  }

  override createConnection(options: https.RequestOptions, onCreate?: OnCreate): undefined {
    const socket = super.createConnection(options) as net.Socket;
    whenConnected(socket, 'secureConnect', this.#connectTimeoutMs, onCreate);
  }
}

/** Calls back once: with the socket at `event`, or with the error that came first. */
function whenConnected(
  socket: net.Socket,
  event: 'connect' | 'secureConnect',
  timeoutMs: number,
  onCreate: OnCreate | undefined,
): void {
  const startedAt = performance.now();
  let settled = false;
  const settle = (error: Error | null): void => {
    if (settled) return;
    settled = true;
    clearTimeout(timer);
    if (error !== null) socket.destroy();
    onCreate?.(error, socket);
  };
  const timer = setTimeout(() => settle(coded('CONNECT_TIMEOUT')), timeoutMs);
  // A process that stood still finds the connection before the timer: by the clock it comes too late all the same.
  socket.once(event, () =>
    settle(performance.now() - startedAt > timeoutMs ? coded('CONNECT_TIMEOUT') : null),
  );
  // Stays for the life of the socket: between here and the request's own listener an error must not be uncaught.
  socket.on('error', settle);
  socket.once('close', () => settle(coded('CONNECTION_CLOSED')));
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}
