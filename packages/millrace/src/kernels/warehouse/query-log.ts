import type { SessionFact, StatementFact } from "./system/system-view.ts";

/** Ended statements and sessions that are kept, in memory: a restart forgets them. AWS keeps days. */
const logCapacityEntries = 10_000;

type Changeable<T> = { -readonly [K in keyof T]: T[K] };

/** A statement under way; its fields are those of the log. */
export type RunningStatement = Changeable<StatementFact>;
export type RunningSession = Changeable<SessionFact>;

/** What ran on a cluster and who was connected: the newest entries, and everything that is under way. */
export class QueryLog {
  readonly #running = new Set<RunningStatement>();
  readonly #ended = new Ring<StatementFact>();
  readonly #sessions = new Set<RunningSession>();
  readonly #endedSessions = new Ring<SessionFact>();
  #lastQueryId = 0;

  begin(statement: Omit<StatementFact, "queryId">): RunningStatement {
    const entry = { ...statement, queryId: ++this.#lastQueryId };
    this.#running.add(entry);
    return entry;
  }

  /** Does nothing when the statement has ended before. */
  end(statement: RunningStatement, nowMs: number): void {
    if (!this.#running.delete(statement)) return;
    statement.endedAtMs = nowMs;
    this.#ended.add(statement);
  }

  connected(session: SessionFact): RunningSession {
    const entry = { ...session };
    this.#sessions.add(entry);
    return entry;
  }

  disconnected(session: RunningSession, nowMs: number): void {
    if (!this.#sessions.delete(session)) return;
    session.endedAtMs = nowMs;
    this.#endedSessions.add(session);
  }

  *statements(): Iterable<StatementFact> {
    yield* this.#ended;
    yield* this.#running;
  }

  *sessions(): Iterable<SessionFact> {
    yield* this.#endedSessions;
    yield* this.#sessions;
  }
}

/** The newest entries, oldest first. */
class Ring<T> {
  #entries: T[] = [];

  add(entry: T): void {
    this.#entries.push(entry);
    // Cut in steps, so that a full log does not move all of its entries with each new one.
    if (this.#entries.length > logCapacityEntries * 1.5)
      this.#entries = this.#entries.slice(-logCapacityEntries);
  }

  *[Symbol.iterator](): Iterator<T> {
    yield* this.#entries.slice(-logCapacityEntries);
  }
}
