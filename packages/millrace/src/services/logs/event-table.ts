import type { StatementSync } from "node:sqlite";
import type { SqlFile } from "../../core/sql-file.ts";
import type { LogGroupRow, LogStreamRow } from "./group-table.ts";
import { dayMs, limits } from "./limits.ts";

export interface LogEvent {
  readonly timeMs: number;
  readonly message: string;
}

export interface StoredEvent extends LogEvent {
  /** Order of arrival. */
  readonly seq: number;
  readonly ingestedMs: number;
}

export interface GroupEvent extends StoredEvent {
  readonly stream: string;
}

/** A place between two events, in the order of time and arrival: before the event that has these, if any. */
export interface EventPosition {
  readonly timeMs: number;
  readonly seq: number;
}

export interface EventRange {
  /** Where to begin; the events are those after it, or before it when the direction is down. */
  readonly from: EventPosition;
  readonly isDown: boolean;
  /** Both ends included. */
  readonly startMs: number;
  readonly endMs: number;
}

/** The events of all log groups. Methods that change something are called inside a write of the file. */
export class EventTable {
  readonly #file: SqlFile;
  readonly #insert: StatementSync;
  readonly #addBytes: StatementSync;
  readonly #touchStream: StatementSync;
  readonly #ofStream: readonly [up: StatementSync, down: StatementSync];
  readonly #ofGroup: readonly [up: StatementSync, down: StatementSync];
  readonly #trash: StatementSync;
  readonly #untrash: StatementSync;
  readonly #expiring: StatementSync;

  constructor(file: SqlFile) {
    this.#file = file;
    this.#insert = file.prepare("INSERT INTO events VALUES (NULL, ?, ?, ?, ?, ?)");
    this.#addBytes = file.prepare("UPDATE groups SET bytes = bytes + ? WHERE id = ?");
    this.#touchStream = file.prepare(`
      UPDATE streams SET first_ms = min(coalesce(first_ms, ?), ?), last_ms = max(coalesce(last_ms, ?), ?),
        ingested_ms = ? WHERE id = ?`);
    const within = "(e.time, e.seq) >= (?, ?) AND e.time >= ? AND e.time <= ? ORDER BY e.time, e.seq";
    const below = "(e.time, e.seq) < (?, ?) AND e.time >= ? AND e.time <= ? ORDER BY e.time DESC, e.seq DESC";
    const stream = "SELECT e.* FROM events e INDEXED BY events_by_stream WHERE e.stream = ? AND";
    const group = `SELECT e.*, s.name FROM events e INDEXED BY events_by_group
      CROSS JOIN streams s ON s.id = e.stream WHERE e.grp = ? AND`;
    this.#ofStream = [file.prepare(`${stream} ${within}`), file.prepare(`${stream} ${below}`)];
    this.#ofGroup = [file.prepare(`${group} ${within}`), file.prepare(`${group} ${below}`)];
    this.#trash = file.prepare("SELECT kind, id FROM trash LIMIT 1");
    this.#untrash = file.prepare("DELETE FROM trash WHERE kind = ? AND id = ?");
    this.#expiring = file.prepare("SELECT id, retention_days FROM groups WHERE retention_days IS NOT NULL");
  }

  add(group: LogGroupRow, stream: LogStreamRow, events: readonly LogEvent[], nowMs: number): void {
    const [first, last] = [events[0], events.at(-1)];
    if (first === undefined || last === undefined) return;
    let bytes = 0;
    for (const { timeMs, message } of events) {
      this.#insert.run(group.id, stream.id, timeMs, nowMs, message);
      bytes += countedBytes(message);
    }
    this.#addBytes.run(bytes, group.id);
    this.#touchStream.run(first.timeMs, first.timeMs, last.timeMs, last.timeMs, nowMs, stream.id);
  }

  *ofStream(stream: LogStreamRow, range: EventRange): Generator<StoredEvent> {
    const { from, isDown, startMs, endMs } = range;
    const rows = this.#ofStream[isDown ? 1 : 0].iterate(stream.id, from.timeMs, from.seq, startMs, endMs);
    for (const row of rows) yield eventIn(row);
  }

  /** Events of all streams of a group that are still there. */
  *ofGroup(group: LogGroupRow, range: EventRange): Generator<GroupEvent> {
    const { from, isDown, startMs, endMs } = range;
    const rows = this.#ofGroup[isDown ? 1 : 0].iterate(group.id, from.timeMs, from.seq, startMs, endMs);
    for (const row of rows) yield { ...eventIn(row), stream: String(row["name"]) };
  }

  /** Removes some of the events that nobody can see any longer, and says whether there may be more. */
  sweep(nowMs: number): boolean {
    let left: number = limits.eventsPerSweep;
    for (let row = this.#trash.get(); row !== undefined && left > 0; row = this.#trash.get()) {
      const [kind, id] = [String(row["kind"]), Number(row["id"])];
      const removed = this.#remove(kind === "group" ? "grp = ?" : "stream = ?", [id], left);
      if (removed < left) this.#untrash.run(kind, id);
      left -= removed;
    }
    for (const row of this.#expiring.all()) {
      if (left <= 0) break;
      const beforeMs = nowMs - Number(row["retention_days"]) * dayMs;
      left -= this.#remove("grp = ? AND time < ?", [Number(row["id"]), beforeMs], left);
    }
    return left <= 0;
  }

  #remove(condition: string, parameters: readonly number[], most: number): number {
    const some = `SELECT seq FROM events WHERE ${condition} LIMIT ?`;
    const removed = this.#file
      .prepare(`DELETE FROM events WHERE seq IN (${some}) RETURNING grp, octet_length(message) AS bytes`)
      .all(...parameters, most);
    const bytesByGroup = new Map<number, number>();
    for (const row of removed) {
      const group = Number(row["grp"]);
      const bytes = Number(row["bytes"]) + limits.eventOverheadBytes;
      bytesByGroup.set(group, (bytesByGroup.get(group) ?? 0) + bytes);
    }
    for (const [group, bytes] of bytesByGroup) this.#addBytes.run(-bytes, group);
    return removed.length;
  }
}

/** A message's size as AWS counts it. */
export function countedBytes(message: string): number {
  return Buffer.byteLength(message) + limits.eventOverheadBytes;
}

/** The time before which a group's events have expired. */
export function horizonMs(group: LogGroupRow, nowMs: number): number {
  return group.retentionDays === undefined ? 0 : nowMs - group.retentionDays * dayMs;
}

function eventIn(row: Record<string, unknown>): StoredEvent {
  return {
    seq: Number(row["seq"]),
    timeMs: Number(row["time"]),
    ingestedMs: Number(row["ingested_ms"]),
    message: String(row["message"]),
  };
}
