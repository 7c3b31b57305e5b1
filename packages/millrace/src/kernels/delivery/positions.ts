import type { StatementSync } from "node:sqlite";
import type { SqlFile } from "../../core/sql-file.ts";
import { type Offset, toOffset } from "../log/port.ts";

/** Where each consumer of each pipeline is, and where each lane was when its log was trimmed. */
export const positionSchema = `
  CREATE TABLE IF NOT EXISTS consumer (
    pipeline TEXT NOT NULL, consumer TEXT NOT NULL, log TEXT NOT NULL, low_water INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (pipeline, consumer)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ahead (
    pipeline TEXT NOT NULL, consumer TEXT NOT NULL, partition TEXT NOT NULL, up_to INTEGER NOT NULL,
    PRIMARY KEY (pipeline, consumer, partition)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS intent (
    pipeline TEXT NOT NULL, consumer TEXT NOT NULL, partition TEXT NOT NULL, up_to INTEGER NOT NULL,
    PRIMARY KEY (pipeline, consumer, partition)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS claim (
    pipeline TEXT NOT NULL, consumer TEXT NOT NULL, record INTEGER NOT NULL, partition TEXT NOT NULL,
    PRIMARY KEY (pipeline, consumer, record, partition)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS noted (
    pipeline TEXT NOT NULL, log TEXT NOT NULL, next_offset INTEGER NOT NULL,
    PRIMARY KEY (pipeline, log)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS lane (
    pipeline TEXT NOT NULL, log TEXT NOT NULL, lane TEXT NOT NULL, position TEXT NOT NULL,
    PRIMARY KEY (pipeline, log, lane)) WITHOUT ROWID;
`;

/** `intake`, or the consumer's own staged log. */
export type SourceName = "intake" | "staged";

export interface ConsumerRow {
  readonly log: SourceName;
  readonly lowWater: Offset;
  /** Where in the intake a staged log began: tells it from earlier ones with the same offsets. 0 for the intake. */
  readonly since: Offset;
}

/** A record that overflowed: it belongs to the error output, whatever is active after a restart. */
export interface Claim {
  readonly offset: Offset;
  readonly partition: string;
}

/** A place in a partition. */
export interface PartitionOffset {
  readonly partition: string;
  readonly upTo: Offset;
}

export interface Commit {
  /** Everything below is delivered. */
  readonly lowWater: Offset;
  readonly delivered?: PartitionOffset;
  /** A batch whose delivery begins: if it must be delivered again it ends at the same record. */
  readonly intent?: PartitionOffset;
  readonly claims: readonly Claim[];
}

/** What a consumer begins with. */
export interface ConsumerState extends ConsumerRow {
  /** Partitions that are delivered beyond the low-water mark, and how far. */
  readonly ahead: Map<string, Offset>;
  /** Where batches end whose delivery had begun. */
  readonly intents: Map<string, Offset>;
  readonly claims: readonly Claim[];
}

export interface NotedLanes {
  /** Batches from here on tell the newer positions. */
  readonly nextOffset: Offset;
  readonly lanes: Map<string, string>;
}

type Row = Record<string, unknown>;

/** The positions of all pipelines, in one file. Reads see what was awaited. */
export class Positions {
  readonly #file: SqlFile;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: SqlFile) {
    this.#file = file;
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#file.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #all(sql: string, ...values: readonly string[]): readonly Row[] {
    return this.#prepared(sql).all(...values);
  }

  #run(sql: string, ...values: readonly (string | number)[]): void {
    this.#prepared(sql).run(...values);
  }

  consumers(pipeline: string): Map<string, ConsumerRow> {
    const rows = this.#all(
      "SELECT consumer, log, low_water, since FROM consumer WHERE pipeline = ?",
      pipeline,
    );
    return new Map(
      rows.map((row) => {
        const log = row["log"] === "staged" ? "staged" : "intake";
        const lowWater = toOffset(Number(row["low_water"]));
        return [String(row["consumer"]), { log, lowWater, since: toOffset(Number(row["since"])) }];
      }),
    );
  }

  state(pipeline: string, consumer: string): ConsumerState | undefined {
    const row = this.consumers(pipeline).get(consumer);
    if (row === undefined) return undefined;
    const claims = this.#all(
      "SELECT record, partition FROM claim WHERE pipeline = ? AND consumer = ? ORDER BY record",
      pipeline,
      consumer,
    );
    return {
      ...row,
      ahead: this.#partitionOffsets("ahead", pipeline, consumer),
      intents: this.#partitionOffsets("intent", pipeline, consumer),
      claims: claims.map((row) => ({
        offset: toOffset(Number(row["record"])),
        partition: String(row["partition"]),
      })),
    };
  }

  #partitionOffsets(table: "ahead" | "intent", pipeline: string, consumer: string): Map<string, Offset> {
    const sql = `SELECT partition, up_to FROM ${table} WHERE pipeline = ? AND consumer = ?`;
    const rows = this.#all(sql, pipeline, consumer);
    return new Map(rows.map((row) => [String(row["partition"]), toOffset(Number(row["up_to"]))]));
  }

  /** One transaction, one fsync with those of other consumers. */
  commit(pipeline: string, consumer: string, commit: Commit): Promise<void> {
    const { lowWater, delivered, intent, claims } = commit;
    return this.#file.write(() => {
      const moved = this.#prepared(
        "UPDATE consumer SET low_water = ?3 WHERE pipeline = ?1 AND consumer = ?2 AND low_water < ?3",
      ).run(pipeline, consumer, lowWater).changes;
      if (moved !== 0) this.#removeBelow(pipeline, consumer, lowWater);
      for (const { offset, partition } of claims)
        this.#run("INSERT OR IGNORE INTO claim VALUES (?, ?, ?, ?)", pipeline, consumer, offset, partition);
      if (intent !== undefined) this.#put("intent", pipeline, consumer, intent);
      if (delivered === undefined) return;
      const { partition, upTo } = delivered;
      if (upTo >= lowWater) this.#put("ahead", pipeline, consumer, delivered);
      this.#run(
        "DELETE FROM intent WHERE pipeline = ? AND consumer = ? AND partition = ? AND up_to <= ?",
        pipeline,
        consumer,
        partition,
        upTo,
      );
    });
  }

  #put(
    table: "ahead" | "intent",
    pipeline: string,
    consumer: string,
    { partition, upTo }: PartitionOffset,
  ): void {
    this.#run(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?, ?)`, pipeline, consumer, partition, upTo);
  }

  #removeBelow(pipeline: string, consumer: string, lowWater: Offset): void {
    this.#run(
      "DELETE FROM ahead WHERE pipeline = ? AND consumer = ? AND up_to < ?",
      pipeline,
      consumer,
      lowWater,
    );
    this.#run(
      "DELETE FROM claim WHERE pipeline = ? AND consumer = ? AND record < ?",
      pipeline,
      consumer,
      lowWater,
    );
  }

  /** Lets a consumer begin at a place in a log; `stage` is where its stage goes on in the intake. */
  begin(pipeline: string, consumer: string, row: ConsumerRow, stage?: NotedLanes): Promise<void> {
    return this.#file.write(() => {
      this.#forgetConsumer(pipeline, consumer);
      const { log, lowWater, since } = row;
      this.#run("INSERT INTO consumer VALUES (?, ?, ?, ?, ?)", pipeline, consumer, log, lowWater, since);
      if (stage !== undefined) this.#note(pipeline, stagedName(consumer), stage);
    });
  }

  #forgetConsumer(pipeline: string, consumer: string): void {
    for (const table of ["consumer", "ahead", "intent", "claim"])
      this.#run(`DELETE FROM ${table} WHERE pipeline = ? AND consumer = ?`, pipeline, consumer);
    for (const table of ["noted", "lane"])
      this.#run(`DELETE FROM ${table} WHERE pipeline = ? AND log = ?`, pipeline, stagedName(consumer));
  }

  forgetConsumer(pipeline: string, consumer: string): Promise<void> {
    return this.#file.write(() => this.#forgetConsumer(pipeline, consumer));
  }

  lanes(pipeline: string, log: string): NotedLanes | undefined {
    const [noted] = this.#all("SELECT next_offset FROM noted WHERE pipeline = ? AND log = ?", pipeline, log);
    if (noted === undefined) return undefined;
    const rows = this.#all("SELECT lane, position FROM lane WHERE pipeline = ? AND log = ?", pipeline, log);
    return {
      nextOffset: toOffset(Number(noted["next_offset"])),
      lanes: new Map(rows.map((row) => [String(row["lane"]), String(row["position"])])),
    };
  }

  noteLanes(pipeline: string, log: string, noted: NotedLanes): Promise<void> {
    return this.#file.write(() => this.#note(pipeline, log, noted));
  }

  #note(pipeline: string, log: string, { nextOffset, lanes }: NotedLanes): void {
    this.#run("INSERT OR REPLACE INTO noted VALUES (?, ?, ?)", pipeline, log, nextOffset);
    for (const [lane, position] of lanes)
      this.#run("INSERT OR REPLACE INTO lane VALUES (?, ?, ?, ?)", pipeline, log, lane, position);
  }

  forget(pipeline: string): Promise<void> {
    return this.#file.write(() => {
      for (const table of ["consumer", "ahead", "intent", "claim", "noted", "lane"])
        this.#run(`DELETE FROM ${table} WHERE pipeline = ?`, pipeline);
    });
  }
}

/** The name of a consumer's staged log inside its pipeline. */
export function stagedName(consumer: string): string {
  return `staged/${consumer}`;
}
