import type { StatementSync } from "node:sqlite";
import type { SqlFile } from "../../core/sql-file.ts";
import { alreadyExists, groupNotFound, streamNotFound } from "./errors.ts";

export interface LogGroupRow {
  readonly id: number;
  readonly name: string;
  readonly createdMs: number;
  readonly retentionDays: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Of its events, as AWS counts them. */
  readonly bytes: number;
}

export interface LogStreamRow {
  readonly id: number;
  readonly name: string;
  readonly createdMs: number;
  /** Undefined while the stream is empty. */
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
  readonly ingestedMs: number | undefined;
}

/** Whose groups: each account has its own in each region. */
export interface Owner {
  readonly account: string;
  readonly region: string;
}

/** Where a page of streams ordered by their last event begins: after this one. */
export interface StreamPosition {
  readonly lastMs: number;
  readonly name: string;
}

/** Log groups and their streams. Methods that change something are called inside a write of the file. */
export class GroupTable {
  readonly #file: SqlFile;
  readonly #group: StatementSync;
  readonly #groups: StatementSync;
  readonly #addGroup: StatementSync;
  readonly #stream: StatementSync;
  readonly #addStream: StatementSync;
  readonly #streamsByName: StatementSync;
  readonly #streamsByTime: StatementSync;
  readonly #streamsByTimeDown: StatementSync;
  readonly #streamsByNameDown: StatementSync;
  readonly #trash: StatementSync;

  constructor(file: SqlFile) {
    this.#file = file;
    this.#group = file.prepare("SELECT * FROM groups WHERE account = ? AND region = ? AND name = ?");
    this.#groups = file.prepare(
      "SELECT * FROM groups WHERE account = ? AND region = ? AND name > ? ORDER BY name",
    );
    this.#addGroup = file.prepare("INSERT INTO groups VALUES (NULL, ?, ?, ?, ?, NULL, ?, 0)");
    this.#stream = file.prepare("SELECT * FROM streams WHERE grp = ? AND name = ?");
    this.#addStream = file.prepare("INSERT INTO streams VALUES (NULL, ?, ?, ?, NULL, NULL, NULL)");
    const of = "SELECT * FROM streams WHERE grp = ? AND";
    this.#streamsByName = file.prepare(`${of} name > ? ORDER BY name`);
    this.#streamsByNameDown = file.prepare(`${of} (? = '' OR name < ?) ORDER BY name DESC`);
    const time = "coalesce(last_ms, 0)";
    this.#streamsByTime = file.prepare(`${of} (${time}, name) > (?, ?) ORDER BY ${time}, name`);
    this.#streamsByTimeDown = file.prepare(`${of} (${time}, name) < (?, ?) ORDER BY ${time} DESC, name DESC`);
    this.#trash = file.prepare("INSERT OR IGNORE INTO trash VALUES (?, ?)");
  }

  find(owner: Owner, name: string): LogGroupRow | undefined {
    const row = this.#group.get(owner.account, owner.region, name);
    return row && groupIn(row);
  }

  /** @throws ServiceError when there is no such group. */
  get(owner: Owner, name: string): LogGroupRow {
    const group = this.find(owner, name);
    if (group === undefined) throw groupNotFound();
    return group;
  }

  /** Groups after a name, in the order of names. */
  *list(owner: Owner, after: string): Generator<LogGroupRow> {
    for (const row of this.#groups.iterate(owner.account, owner.region, after)) yield groupIn(row);
  }

  create(owner: Owner, name: string, tags: Readonly<Record<string, string>>, nowMs: number): void {
    if (this.find(owner, name) !== undefined) throw alreadyExists("The specified log group already exists");
    this.#addGroup.run(owner.account, owner.region, name, nowMs, JSON.stringify(tags));
  }

  delete(owner: Owner, name: string): void {
    const { id } = this.get(owner, name);
    for (const table of ["streams", "metric_filters"])
      this.#file.prepare(`DELETE FROM ${table} WHERE grp = ?`).run(id);
    this.#file.prepare("DELETE FROM groups WHERE id = ?").run(id);
    this.#trash.run("group", id);
  }

  setRetention(group: LogGroupRow, days: number | undefined): void {
    this.#file.prepare("UPDATE groups SET retention_days = ? WHERE id = ?").run(days ?? null, group.id);
  }

  setTags(group: LogGroupRow, tags: Readonly<Record<string, string>>): void {
    this.#file.prepare("UPDATE groups SET tags = ? WHERE id = ?").run(JSON.stringify(tags), group.id);
  }

  findStream(group: LogGroupRow, name: string): LogStreamRow | undefined {
    const row = this.#stream.get(group.id, name);
    return row && streamIn(row);
  }

  getStream(group: LogGroupRow, name: string): LogStreamRow {
    const stream = this.findStream(group, name);
    if (stream === undefined) throw streamNotFound();
    return stream;
  }

  *streamsByName(group: LogGroupRow, after: string, isDown: boolean): Generator<LogStreamRow> {
    const rows = isDown
      ? this.#streamsByNameDown.iterate(group.id, after, after)
      : this.#streamsByName.iterate(group.id, after);
    for (const row of rows) yield streamIn(row);
  }

  /** Streams without events come first, or last when the order is descending. */
  *streamsByTime(
    group: LogGroupRow,
    after: StreamPosition | undefined,
    isDown: boolean,
  ): Generator<LogStreamRow> {
    const rows = isDown
      ? this.#streamsByTimeDown.iterate(group.id, after?.lastMs ?? Number.MAX_SAFE_INTEGER, after?.name ?? "")
      : this.#streamsByTime.iterate(group.id, after?.lastMs ?? -1, after?.name ?? "");
    for (const row of rows) yield streamIn(row);
  }

  createStream(group: LogGroupRow, name: string, nowMs: number): void {
    if (this.findStream(group, name) !== undefined)
      throw alreadyExists("The specified log stream already exists");
    this.#addStream.run(group.id, name, nowMs);
  }

  deleteStream(group: LogGroupRow, name: string): void {
    const { id } = this.getStream(group, name);
    this.#file.prepare("DELETE FROM streams WHERE id = ?").run(id);
    this.#trash.run("stream", id);
  }
}

type Row = Record<string, unknown>;

function groupIn(row: Row): LogGroupRow {
  return {
    id: Number(row["id"]),
    name: String(row["name"]),
    createdMs: Number(row["created_ms"]),
    retentionDays: numberIn(row["retention_days"]),
    tags: JSON.parse(String(row["tags"])) as Record<string, string>,
    bytes: Number(row["bytes"]),
  };
}

function streamIn(row: Row): LogStreamRow {
  return {
    id: Number(row["id"]),
    name: String(row["name"]),
    createdMs: Number(row["created_ms"]),
    firstMs: numberIn(row["first_ms"]),
    lastMs: numberIn(row["last_ms"]),
    ingestedMs: numberIn(row["ingested_ms"]),
  };
}

function numberIn(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
