import type { Http2Server, ServerHttp2Session, ServerHttp2Stream, ServerOptions } from "node:http2";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Logger } from "../../core/logger.ts";
import type { Exchange } from "./exchange.ts";
import type { ExchangeHost } from "./exchange-host.ts";
import { Http2Exchange, resetCodes } from "./http2-exchange.ts";
import type { ListenerLimits } from "./listener-limits.ts";
import { http2Head } from "./request-head.ts";

/**
 * HTTP/2 sessions over connections that the listener hands in. Made for the first of them: node:http2 takes
 * 5 MB that a Millrace without such clients need not spend.
 */
export class Http2Front {
  readonly #server: Http2Server;
  readonly #host: ExchangeHost;
  readonly #log: Logger;
  readonly #onRequest: (exchange: Exchange) => void;
  readonly #sessions = new Set<ServerHttp2Session>();

  constructor(host: ExchangeHost, log: Logger, onRequest: (exchange: Exchange) => void) {
    this.#host = host;
    this.#log = log;
    this.#onRequest = onRequest;
    this.#server = process.getBuiltinModule("node:http2").createServer(sessionOptions(host.limits));
    this.#server.on("session", (session) => this.#open(session));
    this.#server.on("sessionError", (error) => log.debug({ error: error.message }, "HTTP/2 session failed"));
  }

  connect(socket: Socket): void {
    this.#server.emit("connection", socket);
  }

  /** Sends GOAWAY on each session; streams in flight go on. */
  close(): void {
    for (const session of this.#sessions) session.close();
  }

  #open(session: ServerHttp2Session): void {
    const { limits } = this.#host;
    const secure = (session.socket as TLSSocket).encrypted === true;
    const socket = session.socket as Socket;
    let streamsInFlight = 0;
    this.#sessions.add(session);
    session.setLocalWindowSize(limits.sessionWindowBytes);
    session.setTimeout(limits.keepAliveTimeoutMs, () => {
      if (streamsInFlight === 0) session.destroy();
    });
    session.once("close", () => this.#sessions.delete(session));
    session.on("stream", (stream, headers) => {
      streamsInFlight += 1;
      stream.once("close", () => {
        streamsInFlight -= 1;
      });
      stream.on("error", (error) => this.#log.debug({ error: error.message }, "HTTP/2 stream failed"));
      this.#serve(stream, headers, socket, secure);
    });
  }

  #serve(
    stream: ServerHttp2Stream,
    headers: Parameters<typeof http2Head>[0],
    socket: Socket,
    secure: boolean,
  ): void {
    const head = http2Head(headers, secure);
    if (head !== undefined) {
      this.#onRequest(new Http2Exchange(head, stream, socket, this.#host));
      return;
    }
    stream.respond({ ":status": headers[":method"] === "CONNECT" ? 405 : 400 }, { endStream: true });
    stream.close(resetCodes.noError);
  }
}

/** Windows for large bodies, and node's guards against floods of settings, resets, pings and headers. */
function sessionOptions(limits: ListenerLimits): ServerOptions {
  return {
    settings: {
      initialWindowSize: limits.streamWindowBytes,
      maxFrameSize: 1024 * 1024,
      maxConcurrentStreams: limits.maxConcurrentStreams,
      maxHeaderListSize: limits.maxHeaderBytes,
    },
    maxSessionMemory: 128,
    maxSettings: 32,
    maxOutstandingPings: 10,
    maxHeaderListPairs: 256,
    maxSessionInvalidFrames: 100,
    maxSessionRejectedStreams: 100,
    // Rapid reset (CVE-2023-44487): a burst, then so many a second; beyond it the session is closed.
    streamResetBurst: 1_000,
    streamResetRate: 100,
    // node keeps the first of duplicated single-valued headers otherwise, hiding the second one.
    strictSingleValueFields: true,
  };
}
