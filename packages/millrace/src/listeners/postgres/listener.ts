import { randomBytes } from "node:crypto";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { SecureContext } from "node:tls";
import type { Clock } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { TlsMaterial } from "../../gateway/listen/listener.ts";
import type { ClusterDirectory } from "../../kernels/warehouse/cluster-port.ts";
import { SqlError } from "../../kernels/warehouse/values/index.ts";
import { Connection } from "./connection.ts";
import type { PostgresLimits } from "./limits.ts";
import { sendError } from "./protocol/backend-messages.ts";
import { Outbox } from "./protocol/outbox.ts";

export interface PostgresListenerOptions {
  readonly directory: ClusterDirectory;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Asked once, when the first client speaks TLS. */
  readonly tls: () => Promise<TlsMaterial> | TlsMaterial;
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: PostgresLimits;
}

/** A TCP port where clients of PostgreSQL's protocol find Redshift's clusters. */
export class PostgresListener {
  readonly #options: PostgresListenerOptions;
  readonly #net: Server;
  readonly #connections = new Set<Connection>();
  readonly #disguise = randomBytes(32);
  #port = 0;
  #context: Promise<SecureContext> | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: PostgresListenerOptions) {
    this.#options = options;
    this.#net = createServer(
      { noDelay: true, keepAlive: true, keepAliveInitialDelay: options.limits.keepAliveMs },
      (socket) => this.#accept(socket),
    );
  }

  start(): Promise<{ port: number }> {
    const { host, port, log } = this.#options;
    return new Promise((resolve, reject) => {
      this.#net.once("error", reject);
      this.#net.listen({ host, port, backlog: 1_024 }, () => {
        this.#net.off("error", reject);
        this.#net.on("error", (error) => log.error({ error: error.message }, "SQL listener failed"));
        this.#port = (this.#net.address() as AddressInfo).port;
        resolve({ port: this.#port });
      });
    });
  }

  /** Stops accepting, tells clients that the server shuts down, and cuts after `graceMs` who is still there. */
  close(graceMs: number): Promise<void> {
    this.#closed ??= this.#close(graceMs);
    return this.#closed;
  }

  async #close(graceMs: number): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#net.close(() => resolve()));
    for (const connection of this.#connections)
      connection.end("57P01", "terminating connection due to administrator command");
    const timer = this.#options.clock.after(Math.max(graceMs, 0), () => {
      for (const connection of this.#connections) connection.destroy();
    });
    await ended;
    timer.cancel();
  }

  #accept(socket: Socket): void {
    const { log, limits, clock, directory } = this.#options;
    socket.on("error", (error) => log.debug({ error: error.message }, "SQL connection failed"));
    if (this.#connections.size >= limits.maxConnections) {
      this.#turnAway(socket);
      return;
    }
    const connection = new Connection(socket, {
      directory,
      limits,
      clock,
      log,
      port: this.#port,
      disguise: this.#disguise,
      secure: (plain) => this.#secure(plain),
    });
    this.#connections.add(connection);
    const timer = clock.after(limits.loginTimeoutMs, () => connection.destroy());
    connection
      .run(() => timer.cancel())
      .catch((error: unknown) => log.error({ error: messageOf(error) }, "a SQL connection ended badly"))
      .finally(() => {
        timer.cancel();
        this.#connections.delete(connection);
      });
  }

  #turnAway(socket: Socket): void {
    const outbox = new Outbox(socket, this.#options.limits.maxUnsentBytes);
    sendError(outbox, new SqlError("53300", "sorry, too many clients already"), "FATAL");
    outbox.flush();
    socket.end();
    socket.destroySoon();
  }

  async #secure(plain: Socket): Promise<Socket> {
    let context: SecureContext;
    try {
      this.#context ??= this.#loadContext();
      context = await this.#context;
    } catch (error) {
      // The next client makes another attempt: a full disk, for one, may have been cleared by then.
      this.#context = undefined;
      throw error;
    }
    const { TLSSocket } = process.getBuiltinModule("node:tls");
    plain.write("S");
    const secure = new TLSSocket(plain, { isServer: true, secureContext: context });
    secure.on("error", (error) => {
      this.#options.log.debug({ error: error.message }, "TLS with a SQL client failed");
      secure.destroy();
    });
    return secure;
  }

  async #loadContext(): Promise<SecureContext> {
    const { key, cert } = await this.#options.tls();
    return process.getBuiltinModule("node:tls").createSecureContext({ key, cert });
  }
}
