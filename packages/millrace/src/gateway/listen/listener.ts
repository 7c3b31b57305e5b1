import type { Server as Http1Server } from "node:http";
import { type AddressInfo, createServer as createNet, type Server as NetServer, type Socket } from "node:net";
import type { TLSSocket, Server as TlsServer } from "node:tls";
import { assert } from "../../core/assert.ts";
import { type Clock, systemClock } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import { BodyWatch } from "./body-watch.ts";
import type { Exchange } from "./exchange.ts";
import type { ExchangeHost } from "./exchange-host.ts";
import { serveHttp1 } from "./http1-server.ts";
import { Http2Front } from "./http2-server.ts";
import type { ListenerLimits } from "./listener-limits.ts";
import { type Protocol, sniff } from "./sniff.ts";

/** How often a closing listener looks for connections that have become idle. */
const idleCheckMs = 50;

/** A certificate chain and its private key, in PEM. */
export interface TlsMaterial {
  readonly key: string;
  readonly cert: string;
}

export interface ListenerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Asked once, when the first client speaks TLS. */
  readonly tls: () => Promise<TlsMaterial> | TlsMaterial;
  readonly limits: ListenerLimits;
  readonly log: Logger;
  readonly clock?: Clock;
  /** Called when a request's headers are there. */
  onRequest(exchange: Exchange): void;
}

/**
 * One TCP port for HTTP/1.1, HTTP/2 with prior knowledge and both of them over TLS, told apart by the first
 * bytes. The JS SDK opens a connection for each call, so a connection costs one sniff and no more.
 */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #clock: Clock;
  readonly #host: ExchangeHost & { draining: boolean };
  readonly #net: NetServer;
  readonly #http1: Http1Server;
  #http2: Http2Front | undefined;
  readonly #sockets = new Set<Socket>();
  /** Connections that have not said yet what they speak, or are still shaking hands. */
  readonly #fresh = new Set<Socket>();
  #tls: Promise<TlsServer> | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    const bodies = new BodyWatch(options.limits, this.#clock);
    this.#host = { limits: options.limits, bodies, clock: this.#clock, draining: false };
    const onRequest = (exchange: Exchange): void => this.#hand(exchange);
    this.#http1 = serveHttp1(this.#host, options.log, onRequest);
    this.#net = createNet({ noDelay: true }, (socket) => this.#accept(socket));
    this.#net.maxConnections = options.limits.maxConnections;
  }

  start(): Promise<{ port: number }> {
    return new Promise((resolve, reject) => {
      this.#net.once("error", reject);
      this.#net.listen({ host: this.#options.host, port: this.#options.port, backlog: 1_024 }, () => {
        this.#net.off("error", reject);
        this.#net.on("error", (error) =>
          this.#options.log.error({ error: error.message }, "listener failed"),
        );
        resolve({ port: (this.#net.address() as AddressInfo).port });
      });
    });
  }

  /** Stops accepting, lets requests in flight finish for up to `graceMs`, then cuts what is left. */
  close(graceMs: number): Promise<void> {
    this.#closed ??= this.#close(graceMs);
    return this.#closed;
  }

  async #close(graceMs: number): Promise<void> {
    this.#host.draining = true;
    const ended = new Promise<void>((resolve) => this.#net.close(() => resolve()));
    for (const socket of this.#fresh) socket.destroy();
    this.#http1.close();
    this.#http2?.close();
    const cut = (): void => {
      for (const socket of this.#sockets) socket.destroy();
    };
    // An answer that began before the close has promised to keep its connection: that ends here.
    const closeIdle = (): void => {
      this.#http1.closeIdleConnections();
      idleTimer = this.#clock.after(idleCheckMs, closeIdle);
    };
    if (graceMs <= 0) cut();
    const timer = this.#clock.after(graceMs, cut);
    let idleTimer = this.#clock.after(idleCheckMs, closeIdle);
    await ended;
    timer.cancel();
    idleTimer.cancel();
    this.#host.bodies.close();
  }

  /** A request that our side fails to take is answered all the same, and does not end the process. */
  #hand(exchange: Exchange): void {
    try {
      this.#options.onRequest(exchange);
    } catch (error) {
      this.#options.log.error({ error: messageOf(error) }, "a request could not be taken");
      exchange.respond({ status: 500, headers: {}, body: "" }).catch((failure: unknown) => {
        this.#options.log.error({ error: messageOf(failure) }, "a request could not be answered");
      });
    }
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    this.#fresh.add(socket);
    socket.on("error", (error) => this.#options.log.debug({ error: error.message }, "connection failed"));
    socket.once("close", () => {
      this.#sockets.delete(socket);
      this.#fresh.delete(socket);
    });
    sniff(socket, this.#options.limits.sniffTimeoutMs, this.#clock, (protocol) =>
      this.#serve(socket, protocol),
    );
  }

  #connectHttp2(socket: Socket): void {
    const { log, onRequest } = this.#options;
    this.#http2 ??= new Http2Front(this.#host, log, (exchange) => onRequest(exchange));
    this.#http2.connect(socket);
  }

  #serve(socket: Socket, protocol: Protocol): void {
    if (protocol === "tls") {
      void this.#handshake(socket);
      return;
    }
    this.#fresh.delete(socket);
    if (protocol === "http2") this.#connectHttp2(socket);
    else this.#http1.emit("connection", socket);
  }

  async #handshake(socket: Socket): Promise<void> {
    try {
      this.#tls ??= this.#startTls();
      const server = await this.#tls;
      if (!socket.destroyed) server.emit("connection", socket);
    } catch (error) {
      // The next client makes another attempt: a full disk, for one, may have been cleared by then.
      this.#tls = undefined;
      this.#options.log.error({ error: messageOf(error) }, "TLS is not available");
      socket.destroy();
    }
  }

  /** Java's HTTP/2 client offers no ALPN and speaks HTTP/2 all the same: then the first bytes tell, as outside. */
  #serveSecure(socket: TLSSocket): void {
    if (this.#host.draining) socket.destroy();
    else if (socket.alpnProtocol === "h2") this.#connectHttp2(socket);
    else if (socket.alpnProtocol === "http/1.1") this.#http1.emit("connection", socket);
    else
      sniff(socket, this.#options.limits.sniffTimeoutMs, this.#clock, (protocol) => {
        if (protocol !== "http2") {
          this.#http1.emit("connection", socket);
          return;
        }
        // node's HTTP/2 server turns away what was not agreed by ALPN.
        socket.alpnProtocol = "h2";
        this.#connectHttp2(socket);
      });
  }

  async #startTls(): Promise<TlsServer> {
    const { key, cert } = await this.#options.tls();
    const handshakeTimeout = this.#options.limits.sniffTimeoutMs;
    const server = process
      .getBuiltinModule("node:tls")
      .createServer({ key, cert, ALPNProtocols: ["h2", "http/1.1"], handshakeTimeout });
    server.on("tlsClientError", (error, socket) => {
      this.#options.log.debug({ error: error.message }, "TLS handshake failed");
      socket.destroy();
    });
    server.on("secureConnection", (socket) => {
      assert(socket.encrypted, "a TLS server yields TLS connections");
      socket.on("error", (error) => this.#options.log.debug({ error: error.message }, "connection failed"));
      this.#serveSecure(socket);
    });
    return server;
  }
}
