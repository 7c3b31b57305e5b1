import { randomUUID } from "node:crypto";
import type { StatementSync } from "node:sqlite";
import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { SqlFile } from "../../core/sql-file.ts";
import type { SqlSession } from "../../kernels/warehouse/sql-session.ts";
import type { OpenSession } from "./data-session.ts";
import type { Owner, Runner, SessionDocument, Target } from "./document.ts";
import { invalid, sessionNotFound, tooManySessions } from "./errors.ts";
import { limits } from "./limits.ts";

/** What the caller of ListSessions may see, and wants to. */
export interface SessionFilter extends Owner {
  readonly identity: string;
  readonly userId: string | undefined;
  readonly closed: boolean;
  readonly cluster: string | undefined;
  readonly database: string | undefined;
}

/** Sessions: those that are open in memory, and what is told of those of the last day on disk. */
export class SessionTable {
  readonly #file: SqlFile;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #open = new Map<string, OpenSession>();
  /** Closed, which is about to be noted. */
  readonly #closing = new Map<string, SessionDocument>();
  readonly #updateRow: StatementSync;

  constructor(file: SqlFile, clock: Clock, log: Logger) {
    this.#file = file;
    this.#updateRow = file.prepare("UPDATE sessions SET closed = ?, document = ? WHERE id = ?");
    this.#clock = clock;
    this.#log = log;
  }

  /** No session outlives its process. */
  async load(): Promise<void> {
    const select = this.#file.prepare("SELECT document FROM sessions WHERE closed = 0");
    const nowMs = this.#clock.now();
    for (const row of select.all())
      await this.#update({ ...parsed(row["document"]), closed: true, updatedAtMs: nowMs });
  }

  /** @throws ServiceError when the cluster has too many */
  async create(owner: Owner, runner: Runner, target: Target, keepAliveSeconds: number): Promise<OpenSession> {
    let count = 0;
    for (const { document } of this.#open.values()) if (isOn(document, owner, target.cluster)) count++;
    if (count >= limits.activeSessions) throw tooManySessions(limits.activeSessions);
    const nowMs = this.#clock.now();
    const document: SessionDocument = {
      ...{ id: randomUUID(), account: owner.account, region: owner.region },
      ...{ ...runner, ...target, keepAliveSeconds, createdAtMs: nowMs, updatedAtMs: nowMs },
      ...{ expiresAtMs: nowMs + limits.retentionMs, closed: false },
    };
    const session: OpenSession = { document, sql: undefined, current: undefined, timer: undefined };
    this.#open.set(document.id, session);
    const insert = this.#file.prepare(`INSERT INTO sessions (id, account, region, identity, user_id, cluster,
      dbname, closed, created_ms, document) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)`);
    const { id, account, region, identity, userId, cluster, database } = document;
    try {
      await this.#file.write(() => {
        insert.run(
          ...[id, account, region, identity, userId, cluster, database, nowMs, JSON.stringify(document)],
        );
      });
    } catch (error) {
      this.#open.delete(id);
      throw error;
    }
    this.#expireAfter(session, limits.retentionMs);
    return session;
  }

  /** An open session of the caller. */
  find(owner: Owner, identity: string, id: string): OpenSession | undefined {
    const session = this.#open.get(id);
    return session !== undefined && isOf(session.document, owner, identity) ? session : undefined;
  }

  /** A session that can take a statement. @throws ServiceError */
  available(owner: Owner, identity: string, id: string): OpenSession {
    const session = this.find(owner, identity, id);
    if (session === undefined) {
      if (this.get(owner, identity, id) !== undefined) throw invalid(`Session ${id} is closed.`);
      throw sessionNotFound(id);
    }
    if (session.current !== undefined)
      throw invalid(`Session ${id} is busy: it runs the statement ${session.current}.`);
    return session;
  }

  /** As it is now, open or closed. */
  get({ account, region }: Owner, identity: string, id: string): SessionDocument | undefined {
    const select = this.#file.prepare(
      "SELECT document FROM sessions WHERE id = ? AND account = ? AND region = ? AND identity = ?",
    );
    const row = select.get(id, account, region, identity);
    return row === undefined ? undefined : this.#newest(parsed(row["document"]));
  }

  current(id: string): string | undefined {
    return this.#open.get(id)?.current;
  }

  /** The newest first. @param before the `seq` that the page before ended with */
  list(
    filter: SessionFilter,
    before: number | undefined,
    count: number,
  ): readonly { readonly seq: number; readonly document: SessionDocument }[] {
    const { account, region, identity, userId, closed, cluster, database } = filter;
    const select = this.#file.prepare(`SELECT seq, document FROM sessions
      WHERE account = ? AND region = ? AND identity = ? AND seq < ? AND closed = ?5
        AND (?6 IS NULL OR user_id = ?6) AND (?7 IS NULL OR cluster = ?7) AND (?8 IS NULL OR dbname = ?8)
      ORDER BY seq DESC LIMIT ?9`);
    const rows = select.all(
      ...[account, region, identity, before ?? Number.MAX_SAFE_INTEGER, closed ? 1 : 0],
      ...[userId ?? null, cluster ?? null, database ?? null, count],
    );
    const found = rows.map((row) => ({
      seq: Number(row["seq"]),
      document: this.#newest(parsed(row["document"])),
    }));
    return found.filter(({ document }) => document.closed === closed);
  }

  /** A statement begins: the session does not end while it runs, but for its longest life. */
  use(session: OpenSession, statementId: string, keepAliveSeconds: number | undefined): void {
    const { document } = session;
    session.current = statementId;
    document.keepAliveSeconds = keepAliveSeconds ?? document.keepAliveSeconds;
    document.updatedAtMs = this.#clock.now();
    this.#expireAfter(session, document.createdAtMs + limits.retentionMs - this.#clock.now());
  }

  /** Its statement has ended. */
  release(session: OpenSession): void {
    const { document } = session;
    const nowMs = this.#clock.now();
    session.current = undefined;
    if (!this.#open.has(document.id)) return;
    document.updatedAtMs = nowMs;
    const endMs = document.createdAtMs + limits.retentionMs;
    this.#expireAfter(session, Math.min(document.keepAliveSeconds * 1000, endMs - nowMs));
  }

  close(session: OpenSession): void {
    const { document, sql } = session;
    if (!this.#open.delete(document.id)) return;
    session.timer?.cancel();
    session.sql = undefined;
    document.closed = true;
    document.updatedAtMs = this.#clock.now();
    this.#note(sql?.close(), "a session could not be closed");
    this.#closing.set(document.id, document);
    const noted = this.#update(document).finally(() => this.#closing.delete(document.id));
    this.#note(noted, "the end of a session could not be noted");
  }

  async closeAll(): Promise<void> {
    const sessions: SqlSession[] = [];
    for (const session of [...this.#open.values()]) {
      if (session.sql !== undefined) sessions.push(session.sql);
      this.close(session);
    }
    await Promise.allSettled(sessions.map((session) => session.close()));
  }

  prune(beforeMs: number): Promise<void> {
    const prune = this.#file.prepare("DELETE FROM sessions WHERE closed = 1 AND created_ms <= ?");
    return this.#file.write(() => void prune.run(beforeMs));
  }

  reset(): Promise<void> {
    const remove = this.#file.prepare("DELETE FROM sessions");
    return this.#file.write(() => void remove.run());
  }

  #newest(document: SessionDocument): SessionDocument {
    return this.#open.get(document.id)?.document ?? this.#closing.get(document.id) ?? document;
  }

  #expireAfter(session: OpenSession, ms: number): void {
    session.timer?.cancel();
    const delayMs = Math.max(0, ms);
    session.document.expiresAtMs = this.#clock.now() + delayMs;
    session.timer = this.#clock.after(delayMs, () => this.close(session));
  }

  #update(document: SessionDocument): Promise<void> {
    return this.#file.write(() => {
      this.#updateRow.run(document.closed ? 1 : 0, JSON.stringify(document), document.id);
    });
  }

  #note(done: Promise<unknown> | undefined, failure: string): void {
    done?.catch((error: unknown) => this.#log.warn({ err: error }, failure));
  }
}

const isOf = (document: SessionDocument, { account, region }: Owner, identity: string): boolean =>
  document.account === account && document.region === region && document.identity === identity;

const isOn = (document: SessionDocument, { account, region }: Owner, cluster: string): boolean =>
  document.account === account && document.region === region && document.cluster === cluster;

const parsed = (document: unknown): SessionDocument => JSON.parse(String(document)) as SessionDocument;
