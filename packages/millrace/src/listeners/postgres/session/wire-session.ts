import type { Logger } from "../../../core/logger.ts";
import type {
  ParsedStatement,
  PreparedStatement,
  SqlSession,
} from "../../../kernels/warehouse/sql-session.ts";
import { SqlError, type TextStyle, ZoneOffsets } from "../../../kernels/warehouse/values/index.ts";
import type { PostgresLimits } from "../limits.ts";
import { asSqlError, backend, sendComplete, sendError, sendReady } from "../protocol/backend-messages.ts";
import {
  frontend,
  readBind,
  readExecute,
  readParse,
  readQuery,
  readTarget,
} from "../protocol/frontend-messages.ts";
import type { Message } from "../protocol/message-reader.ts";
import type { Outbox } from "../protocol/outbox.ts";
import { type Format, type ProtocolVersion, sendRowDescription } from "../rows/row-description.ts";
import { parameterText } from "../types/parameter-text.ts";
import { typeIsOpen, typeOfOid, wireTypeOf } from "../types/wire-type.ts";
import { ExactStatement } from "./exact-statement.ts";
import { Portal } from "./portal.ts";
import { NamedStatements } from "./prepared-statements.ts";

export interface WireSessionOptions {
  readonly session: SqlSession;
  readonly outbox: Outbox;
  readonly version: ProtocolVersion;
  readonly limits: PostgresLimits;
  readonly log: Logger;
}

/** The two protocols of a client that has logged in, on one SQL session. Its messages are handled one by one. */
export class WireSession {
  readonly #session: SqlSession;
  readonly #outbox: Outbox;
  readonly #version: ProtocolVersion;
  readonly #limits: PostgresLimits;
  readonly #log: Logger;
  readonly #named: NamedStatements;
  /** After an error in the extended protocol nothing is done until Sync. */
  #skipping = false;
  #zone: { readonly name: string; readonly offsets: ZoneOffsets } | undefined;

  constructor(options: WireSessionOptions) {
    this.#session = options.session;
    this.#outbox = options.outbox;
    this.#version = options.version;
    this.#limits = options.limits;
    this.#log = options.log;
    this.#named = new NamedStatements(options.limits);
  }

  ready(): void {
    sendReady(this.#outbox, this.#session.transaction);
    this.#outbox.rest();
  }

  /** @returns false for a message type that does not exist: nothing after it can be understood */
  async handle(message: Message): Promise<boolean> {
    switch (message.type) {
      case frontend.query:
        if (!this.#skipping) await this.#query(message.body);
        return true;
      case frontend.sync:
        await this.#sync();
        return true;
      case frontend.functionCall:
        if (!this.#skipping) await this.#functionCall();
        return true;
      case frontend.copyData:
      case frontend.copyDone:
      case frontend.copyFail:
        // What a client still sends after a COPY that was refused is let pass, as PostgreSQL does.
        return true;
      case frontend.flush:
        this.#outbox.flush();
        return true;
      default:
        return await this.#extended(message);
    }
  }

  async close(): Promise<void> {
    await this.#named.closePortals();
    await this.#session.close();
  }

  async #extended(message: Message): Promise<boolean> {
    const step = this.#stepOf(message);
    if (step === undefined) return false;
    if (this.#skipping) return true;
    let text: string | undefined;
    try {
      await step((statement) => {
        text = statement;
      });
      this.#outbox.flushIfFull();
    } catch (error) {
      this.#skipping = true;
      await this.#refuse(error, text);
    }
    return true;
  }

  /** @returns what to do; it is given a function that notes which statement's text errors count in */
  #stepOf(message: Message): ((about: (text: string) => void) => Promise<void>) | undefined {
    switch (message.type) {
      case frontend.parse:
        return (about) => this.#parse(message.body, about);
      case frontend.bind:
        return () => this.#bind(message.body);
      case frontend.describe:
        return () => this.#describe(message.body);
      case frontend.execute:
        return (about) => this.#execute(message.body, about);
      case frontend.close:
        return () => this.#closeTarget(message.body);
      default:
        return undefined;
    }
  }

  /** Tells the client, and sees to it that the transaction fails whoever found the error. */
  async #refuse(error: unknown, text: string | undefined): Promise<void> {
    const known = asSqlError(error);
    if (!(error instanceof SqlError)) this.#log.error({ error }, "a statement failed inside");
    sendError(this.#outbox, known, "ERROR", text);
    this.#outbox.flush();
    await this.#named.closePortals();
    try {
      await this.#session.fail();
    } catch (failure) {
      this.#log.error({ error: failure }, "a transaction could not be failed");
    }
  }

  async #query(body: Buffer): Promise<void> {
    let text: string | undefined;
    try {
      text = readQuery(body);
      this.#checkSize(body.length);
      this.#named.dropUnnamed();
      await this.#named.closePortal("");
      await this.#script(text);
    } catch (error) {
      await this.#refuse(error, text);
      // What the script did before its error goes with it.
      await this.#session
        .sync()
        .catch((failure: unknown) => this.#log.error({ error: failure }, "sync failed"));
    }
    if (this.#session.transaction === "idle") await this.#named.closePortals();
    this.ready();
  }

  async #script(text: string): Promise<void> {
    const statements = this.#session.parse(text);
    if (statements.length === 0) {
      await this.#session.sync();
      this.#outbox.send(backend.emptyQuery);
      return;
    }
    for (const [index, statement] of statements.entries()) {
      const tag = await positionedIn(statement, () => this.#run(statement));
      // The last one is acknowledged only when all of them are there to stay.
      if (index === statements.length - 1) await this.#session.sync();
      if (tag !== undefined) sendComplete(this.#outbox, tag);
    }
  }

  async #run(statement: ParsedStatement): Promise<string | undefined> {
    const prepared = await this.#session.prepare(statement, []);
    if (prepared.parameterTypes.length > 0) throw new SqlError("42P02", "there is no parameter $1");
    const portal = new Portal(prepared, [], []);
    try {
      const { columns } = await portal.start(this.#session, false);
      if (columns !== undefined) sendRowDescription(this.#outbox, columns, [], this.#version);
      return await portal.send(this.#outbox, Number.POSITIVE_INFINITY, this.#style(), this.#version);
    } finally {
      await portal.close();
    }
  }

  #checkSize(bytes: number): void {
    const most = this.#limits.maxStatementBytes;
    if (bytes > most)
      throw new SqlError(
        "54000",
        `Statement is too large. Statement Size: ${bytes} bytes. Maximum Allowed: ${most} bytes`,
      );
  }

  async #parse(body: Buffer, about: (text: string) => void): Promise<void> {
    const { name, text, parameterOids } = readParse(body);
    about(text);
    this.#checkSize(body.length);
    this.#named.checkStatement(name);
    if (name === "") this.#named.dropUnnamed();
    const [statement, second] = this.#session.parse(text);
    if (second !== undefined)
      throw new SqlError("42601", "cannot insert multiple commands into a prepared statement");
    let prepared: ExactStatement | undefined;
    if (statement !== undefined) {
      const types = parameterOids.map((oid) => typeOfOid(oid));
      const found = await positionedIn(statement, () => this.#session.prepare(statement, types));
      prepared = new ExactStatement(found, types);
    }
    this.#named.setStatement(name, { text, bytes: body.length, parameterOids, prepared });
    this.#outbox.send(backend.parseComplete);
  }

  async #bind(body: Buffer): Promise<void> {
    const message = readBind(body);
    const { text, prepared } = this.#named.statement(message.statement);
    this.#named.checkPortal(message.portal);
    const types = prepared?.prepared.parameterTypes ?? [];
    if (message.values.length !== types.length)
      throw new SqlError(
        "08P01",
        `bind message supplies ${message.values.length} parameters, but prepared statement ` +
          `"${message.statement}" requires ${types.length}`,
      );
    const parameterFormats = spread(message.parameterFormats, types.length, "parameter");
    const parameters = message.values.map((value, index) => {
      const type = types[index];
      if (value === null || type === undefined) return null;
      return parameterText(value, type, parameterFormats[index] ?? "text", this.#version, index + 1);
    });
    const formats = spread(message.resultFormats, prepared?.prepared.columns?.length ?? 0, "result");
    await this.#named.closePortal(message.portal);
    const exact = await prepared?.of(parameters, this.#session);
    const run = exact === undefined ? undefined : new Portal(exact, parameters, formats);
    const { statement, portal } = message;
    this.#named.setPortal(portal, { statement, text, bytes: body.length, run });
    this.#outbox.send(backend.bindComplete);
  }

  async #describe(body: Buffer): Promise<void> {
    const { kind, name } = readTarget(body);
    let columns: PreparedStatement["columns"];
    let formats: readonly Format[] = [];
    if (kind === "statement") {
      const { prepared, parameterOids } = this.#named.statement(name);
      this.#sendParameters(prepared?.prepared.parameterTypes ?? [], parameterOids);
      columns = prepared?.prepared.columns;
    } else {
      const { run } = this.#named.portal(name);
      columns = run?.prepared.columns;
      formats = run?.formats ?? [];
    }
    if (columns === undefined) this.#outbox.send(backend.noData);
    else sendRowDescription(this.#outbox, columns, formats, this.#version);
  }

  /**
   * ParameterDescription => Int16 count, Int32 oid*
   *
   * What the client declared stays, as drivers insist on it: bytea, which they declare for bytes, is read as varbyte.
   */
  #sendParameters(types: PreparedStatement["parameterTypes"], declared: readonly number[]): void {
    this.#outbox.begin(backend.parameterDescription);
    this.#outbox.int16(types.length);
    for (const [index, type] of types.entries()) {
      const oid = declared[index] ?? 0;
      this.#outbox.int32(typeIsOpen(oid) ? wireTypeOf(type).oid : oid);
    }
    this.#outbox.end();
  }

  async #execute(body: Buffer, about: (text: string) => void): Promise<void> {
    const { portal, maxRows } = readExecute(body);
    const { text, run } = this.#named.portal(portal);
    about(text);
    if (run === undefined) {
      this.#outbox.send(backend.emptyQuery);
      return;
    }
    const tag = await positionedIn(run.prepared.statement, async () => {
      await run.start(this.#session, Number.isFinite(maxRows));
      return await run.send(this.#outbox, maxRows, this.#style(), this.#version);
    });
    if (tag === undefined) this.#outbox.send(backend.portalSuspended);
    else sendComplete(this.#outbox, tag);
  }

  async #closeTarget(body: Buffer): Promise<void> {
    const { kind, name } = readTarget(body);
    await (kind === "statement" ? this.#named.closeStatement(name) : this.#named.closePortal(name));
    this.#outbox.send(backend.closeComplete);
  }

  async #sync(): Promise<void> {
    this.#skipping = false;
    try {
      // Portals do not outlive their transaction, and hold the engine's results until they go.
      if (this.#session.transaction === "idle") await this.#named.closePortals();
      await this.#session.sync();
    } catch (error) {
      await this.#refuse(error, undefined);
    }
    this.ready();
  }

  async #functionCall(): Promise<void> {
    await this.#refuse(new SqlError("0A000", "function calls of the protocol are not supported"), undefined);
    await this.#sync();
  }

  #style(): TextStyle {
    const name = this.#session.setting("timezone") ?? "UTC";
    if (this.#zone?.name !== name) this.#zone = { name, offsets: new ZoneOffsets(name) };
    const digits = Number(this.#session.setting("extra_float_digits") ?? "0");
    return { zone: this.#zone.offsets, extraFloatDigits: Number.isInteger(digits) ? digits : 0 };
  }
}

/** Formats as Bind gives them: none (all text), one for all, or one each. */
function spread(codes: readonly number[], count: number, what: string): readonly Format[] {
  if (codes.length > 1 && codes.length !== count)
    throw new SqlError(
      "08P01",
      `bind message has ${codes.length} ${what} formats but ${count} ${what === "result" ? "columns" : "parameters"}`,
    );
  return Array.from({ length: count }, (_, index) => {
    const code = (codes.length === 1 ? codes[0] : codes[index]) ?? 0;
    if (code !== 0 && code !== 1) throw new SqlError("22023", `unsupported format code: ${code}`);
    return code === 1 ? "binary" : "text";
  });
}

/** Errors of a statement count in its own text; clients count in the whole of what they sent. */
async function positionedIn<T>(statement: ParsedStatement, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SqlError) || error.position === undefined) throw error;
    const { sqlState, message, detail, hint, position } = error;
    const moved = position + statement.start;
    throw new SqlError(sqlState, message, { detail, hint, position: moved, cause: error.cause });
  }
}
