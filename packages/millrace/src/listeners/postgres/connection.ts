import type { Socket } from "node:net";
import type { Clock } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { ClusterDirectory, SqlCluster } from "../../kernels/warehouse/cluster-port.ts";
import type { SessionEvents, SqlNotice, SqlSession } from "../../kernels/warehouse/sql-session.ts";
import { SqlError } from "../../kernels/warehouse/values/index.ts";
import { ConnectionInput } from "./connection-input.ts";
import type { PostgresLimits } from "./limits.ts";
import { playLogin } from "./login/login.ts";
import { reportedName, sendParameters } from "./parameter-statuses.ts";
import {
  asSqlError,
  sendAuthentication,
  sendError,
  sendKeyData,
  sendNotice,
  sendParameter,
} from "./protocol/backend-messages.ts";
import { frontend } from "./protocol/frontend-messages.ts";
import { FramingError, type Message } from "./protocol/message-reader.ts";
import { Outbox } from "./protocol/outbox.ts";
import { readStartUp, type StartUpRequest, sortStartUp } from "./protocol/start-up.ts";
import type { ProtocolVersion } from "./rows/row-description.ts";
import { WireSession } from "./session/wire-session.ts";

export interface ConnectionHost {
  readonly directory: ClusterDirectory;
  readonly limits: PostgresLimits;
  readonly clock: Clock;
  readonly log: Logger;
  /** The port that the client came to. */
  readonly port: number;
  /** A secret of this process: see `playLogin`. */
  readonly disguise: Buffer;
  /** Answers a socket that speaks TLS on top of the one given. @throws when TLS is not available */
  secure(socket: Socket): Promise<Socket>;
}

/** How long a client may take to read our last words. */
const lingerMs = 5_000;
/** Notices of a session that is being opened, which wait until the client expects such. */
const maxEarlyNotices = 100;

/** Says that a connection ends, with what its client is told. */
class Farewell extends Error {
  readonly error: SqlError;

  constructor(sqlState: string, message: string) {
    super(message);
    this.error = new SqlError(sqlState, message);
  }
}

/** One client, from its first byte to its last: start-up, TLS, login, and then messages one by one. */
export class Connection {
  readonly #host: ConnectionHost;
  readonly #address: string;
  readonly #client: string;
  #socket: Socket;
  readonly #input: ConnectionInput;
  #outbox: Outbox;
  #tls = false;
  #wire: WireSession | undefined;
  #session: SqlSession | undefined;
  readonly #earlyNotices: SqlNotice[] = [];
  #busy = false;

  constructor(socket: Socket, host: ConnectionHost) {
    this.#host = host;
    this.#socket = socket;
    this.#address = socket.remoteAddress ?? "";
    this.#client = `${this.#address}:${socket.remotePort ?? 0}`;
    this.#input = new ConnectionInput(socket, host.limits.maxReceivedAheadBytes);
    this.#outbox = new Outbox(socket, host.limits.maxUnsentBytes);
  }

  /** Resolves when the connection has ended, whatever ended it. @param loggedIn called once, when it has come so far */
  async run(loggedIn: () => void): Promise<void> {
    try {
      const start = await this.#startUp();
      if (start === undefined) return;
      await this.#open(start);
      loggedIn();
      await this.#serve();
    } catch (error) {
      this.#part(error);
    } finally {
      await this.#close();
    }
  }

  /** Ends the connection from our side, with its reason. */
  end(sqlState: string, message: string): void {
    this.#session?.cancel();
    sendError(this.#outbox, new SqlError(sqlState, message), "FATAL");
    this.#outbox.flush();
    this.#socket.end();
    this.#socket.destroySoon();
    // A client that does not read is not waited for: a statement may be held back by it.
    if (this.#outbox.full) this.#socket.destroy();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #part(error: unknown): void {
    const { log } = this.#host;
    if (error instanceof FramingError) this.#farewell(new SqlError("08P01", error.message));
    else if (error instanceof Farewell) this.#farewell(error.error);
    else if (error instanceof SqlError) this.#farewell(error);
    else {
      log.error({ error: messageOf(error) }, "a SQL connection failed inside");
      this.#farewell(asSqlError(error));
    }
  }

  #farewell(error: SqlError): void {
    this.#host.log.debug({ client: this.#client, error: error.message }, "SQL connection refused");
    sendError(this.#outbox, error, "FATAL");
    this.#outbox.flush();
  }

  async #close(): Promise<void> {
    const gone = closed(this.#socket);
    this.#socket.end();
    this.#socket.destroySoon();
    const timer = this.#host.clock.after(lingerMs, () => this.#socket.destroy());
    try {
      await (this.#wire?.close() ?? this.#session?.close());
    } catch (error) {
      this.#host.log.error({ error: messageOf(error) }, "a SQL session could not be closed");
    }
    await gone;
    timer.cancel();
  }

  /** @returns undefined when the connection is over already: a cancel request, or a client that has gone */
  async #startUp(): Promise<StartUpRequest | undefined> {
    let mayEncrypt = true;
    for (;;) {
      const message = await this.#input.startup(this.#host.limits.maxLoginMessageBytes);
      if (message === undefined) return undefined;
      const packet = readStartUp(message.body);
      switch (packet.kind) {
        case "tls":
          if (!mayEncrypt) throw new Farewell("08P01", "TLS is spoken already");
          mayEncrypt = false;
          await this.#encrypt();
          break;
        case "gss":
          this.#socket.write("N");
          break;
        case "cancel":
          this.#host.directory.cancel(packet.processId, packet.secretKey);
          return undefined;
        case "version":
          this.#refuseVersion(packet.major, packet.minor);
          return undefined;
        case "malformed":
          throw new Farewell("08P01", "invalid startup packet layout: expected terminator as last byte");
        case "start":
          return sortStartUp(packet.parameters);
      }
    }
  }

  /** Clients of version 2 read an error as one line of text. */
  #refuseVersion(major: number, minor: number): void {
    const message = `unsupported frontend protocol ${major}.${minor}: server supports 3.0 to 3.0`;
    if (major >= 3) {
      this.#farewell(new SqlError("0A000", message));
      return;
    }
    this.#socket.write(`EFATAL:  ${message}\n\0`);
  }

  /** Without a certificate the client is told to do without TLS, if it will. */
  async #encrypt(): Promise<void> {
    // What was sent before the handshake must not count as said within it.
    if (this.#input.hasMore) throw new Farewell("08P01", "received unencrypted data after SSL request");
    this.#input.detach();
    let secure: Socket;
    try {
      secure = await this.#host.secure(this.#socket);
    } catch (error) {
      this.#host.log.error({ error: messageOf(error) }, "TLS is not available to SQL clients");
      this.#input.attach(this.#socket);
      this.#socket.write("N");
      return;
    }
    this.#socket = secure;
    this.#tls = true;
    this.#outbox = new Outbox(secure, this.#host.limits.maxUnsentBytes);
    this.#input.attach(secure);
  }

  async #open(start: StartUpRequest): Promise<void> {
    const { directory } = this.#host;
    if (start.replication) throw new Farewell("0A000", "replication connections are not supported");
    if (start.identityProvider !== undefined)
      throw new Farewell("0A000", "logins with a token of an identity provider are not supported");
    if (start.user === "") throw new Farewell("28000", "no user name specified in startup packet");
    const { user, database, cluster } = start;
    const target = await directory.find({ user, database, cluster, port: this.#host.port });
    const refusal = target.refusal();
    if (refusal !== undefined) throw new Farewell("57P03", refusal);
    if (!target.admits(this.#address))
      throw new Farewell("28000", `no rule of the cluster's security groups admits host "${this.#address}"`);
    await this.#login(target, start);
    await this.#openSession(target, start);
  }

  async #login(target: SqlCluster, start: StartUpRequest): Promise<void> {
    const { user, database } = start;
    const awsDriver = start.driverVersion !== undefined || start.protocolVersion !== undefined;
    const secret = await target.loginSecret(user);
    const outcome = await playLogin(secret, { user, awsDriver, tls: this.#tls }, this.#host.disguise, {
      request: (code, data) => {
        sendAuthentication(this.#outbox, code, data);
        this.#outbox.flush();
      },
      next: () => this.#input.message(this.#host.limits.maxLoginMessageBytes),
    });
    const succeeded = outcome === "accepted";
    if (succeeded || outcome === "refused")
      target.noteLogin({ user, database, client: this.#client, succeeded });
    if (outcome === "malformed") throw new Farewell("08P01", "malformed password message");
    if (outcome === "gone") throw new Farewell("08006", "the client went away during its login");
    if (outcome === "unable")
      throw new Farewell("28000", `user "${user}" can log in with a driver of AWS, or over TLS, only`);
    if (outcome === "refused")
      throw new Farewell("28000", `password authentication failed for user "${user}"`);
  }

  async #openSession(target: SqlCluster, start: StartUpRequest): Promise<void> {
    const session = await target.openSession({
      user: start.user,
      database: start.database,
      client: this.#client,
      applicationName: start.applicationName,
      driverVersion: start.driverVersion,
      tls: this.#tls,
      settings: start.settings,
      events: this.#events(),
    });
    this.#session = session;
    const version = Math.min(start.protocolVersion ?? 0, 2) as ProtocolVersion;
    sendAuthentication(this.#outbox, 0);
    sendParameters(this.#outbox, session, start.protocolVersion === undefined ? undefined : version);
    sendKeyData(this.#outbox, session.processId, session.secretKey);
    for (const notice of this.#earlyNotices.splice(0)) sendNotice(this.#outbox, notice);
    const { limits, log } = this.#host;
    this.#wire = new WireSession({ session, outbox: this.#outbox, version, limits, log });
    this.#wire.ready();
  }

  /** What happens beside the answers goes out between two messages, at once when the client waits for nothing. */
  #events(): SessionEvents {
    return {
      notice: (notice) => {
        if (this.#wire === undefined) {
          if (this.#earlyNotices.length < maxEarlyNotices) this.#earlyNotices.push(notice);
          return;
        }
        // They are not held back, and so must not pile up before a client that does not read.
        if (this.#outbox.full) return;
        sendNotice(this.#outbox, notice);
        this.#outbox.flush();
      },
      parameter: (name, value) => {
        // What changes before the client is told of all settings is among those.
        if (this.#wire === undefined) return;
        sendParameter(this.#outbox, reportedName(name), value);
        if (!this.#busy) this.#outbox.flush();
      },
      terminated: ({ sqlState, message }) => {
        this.end(sqlState, message);
      },
    };
  }

  async #serve(): Promise<void> {
    const { maxMessageBytes } = this.#host.limits;
    // Nobody waits for the statement of a client that has gone.
    this.#socket.once("close", () => {
      if (this.#busy) this.#session?.cancel();
    });
    for (;;) {
      const message: Message | undefined = await this.#input.message(maxMessageBytes);
      if (message === undefined || message.type === frontend.terminate) return;
      this.#busy = true;
      const known = await this.#wire?.handle(message);
      this.#busy = false;
      if (known === false) throw new Farewell("08P01", `invalid frontend message type ${message.type}`);
      if (this.#outbox.closed) return;
      if (this.#outbox.full) await this.#outbox.drained();
    }
  }
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once("close", () => resolve());
  });
}
