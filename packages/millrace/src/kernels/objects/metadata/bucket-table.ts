import type { StatementSync } from "node:sqlite";
import type { Bucket } from "../bucket.ts";
import { BucketExistsError, BucketNotEmptyError, NoSuchBucketError } from "../errors.ts";
import type { MetadataDatabase } from "./database.ts";
import type { GroupCommit } from "./group-commit.ts";

/** A bucket as commits see it. */
export interface BucketRow {
  readonly id: number;
  readonly versioning: Bucket["versioning"];
}

interface KnownBucket {
  readonly id: number;
  readonly bucket: Bucket;
}

/** The buckets: what readers see lies in memory, what commits see in the writer's tables. */
export class BucketTable {
  readonly #commits: GroupCommit;
  readonly #known = new Map<string, KnownBucket>();
  #sorted: readonly Bucket[] | undefined;
  readonly #select: StatementSync;
  readonly #selectDocument: StatementSync;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #delete: StatementSync;
  readonly #anyVersion: StatementSync;
  readonly #deleteAll: StatementSync;
  readonly #forgotten: StatementSync;

  constructor({ writer, reader }: MetadataDatabase, commits: GroupCommit) {
    this.#commits = commits;
    this.#select = writer.prepare("SELECT id, versioning FROM buckets WHERE name = ?");
    this.#selectDocument = writer.prepare("SELECT id, document FROM buckets WHERE name = ?");
    this.#insert = writer.prepare("INSERT INTO buckets (name, versioning, document) VALUES (?, ?, ?)");
    this.#update = writer.prepare("UPDATE buckets SET versioning = ?, document = ? WHERE name = ?");
    this.#delete = writer.prepare("DELETE FROM buckets WHERE name = ?");
    this.#anyVersion = writer.prepare("SELECT 1 FROM versions WHERE bucket = ? LIMIT 1");
    this.#deleteAll = writer.prepare("DELETE FROM buckets RETURNING id");
    this.#forgotten = writer.prepare(forgottenBuckets);
    for (const row of reader.prepare("SELECT id, document FROM buckets").all()) {
      const bucket: Bucket = JSON.parse(String(row["document"]));
      this.#known.set(bucket.name, { id: Number(row["id"]), bucket });
    }
  }

  get(name: string): Bucket | undefined {
    return this.#known.get(name)?.bucket;
  }

  /** In the order of their names. */
  all(): readonly Bucket[] {
    this.#sorted ??= [...this.#known.values()]
      .map(({ bucket }) => bucket)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return this.#sorted;
  }

  /** @throws NoSuchBucketError */
  idOf(name: string): number {
    const known = this.#known.get(name);
    if (known === undefined) throw new NoSuchBucketError(name);
    return known.id;
  }

  /** In a commit. @throws NoSuchBucketError */
  row(name: string): BucketRow {
    const row = this.#select.get(name);
    if (row === undefined) throw new NoSuchBucketError(name);
    const versioning = row["versioning"];
    return {
      id: Number(row["id"]),
      versioning: versioning === "enabled" || versioning === "suspended" ? versioning : "off",
    };
  }

  create(bucket: Bucket): Promise<void> {
    return this.#commits.run((transaction) => {
      if (this.#select.get(bucket.name) !== undefined) throw new BucketExistsError(bucket.name);
      const { lastInsertRowid } = this.#insert.run(bucket.name, bucket.versioning, JSON.stringify(bucket));
      const known = { id: Number(lastInsertRowid), bucket };
      transaction.after(() => this.#remember(bucket.name, known));
    });
  }

  change(name: string, change: (bucket: Bucket) => Bucket): Promise<Bucket> {
    return this.#commits.run((transaction) => {
      const row = this.#selectDocument.get(name);
      if (row === undefined) throw new NoSuchBucketError(name);
      const bucket = change(JSON.parse(String(row["document"])));
      this.#update.run(bucket.versioning, JSON.stringify(bucket), name);
      const known = { id: Number(row["id"]), bucket };
      transaction.after(() => this.#remember(name, known));
      return bucket;
    });
  }

  /** Answers the id that the bucket had: what is left below it belongs to nobody. */
  delete(name: string): Promise<number> {
    return this.#commits.run((transaction) => {
      const { id } = this.row(name);
      if (this.#anyVersion.get(id) !== undefined) throw new BucketNotEmptyError(name);
      this.#delete.run(name);
      transaction.after(() => this.#remember(name, undefined));
      return id;
    });
  }

  /** Answers the ids that they had. */
  deleteAll(): Promise<readonly number[]> {
    return this.#commits.run((transaction) => {
      const ids = this.#deleteAll.all().map((row) => Number(row["id"]));
      transaction.after(() => {
        this.#sorted = undefined;
        this.#known.clear();
      });
      return ids;
    });
  }

  /** Ids that rows below have and no bucket: of buckets whose removal was interrupted. */
  forgotten(): readonly number[] {
    return this.#forgotten.all().map((row) => Number(row["bucket"]));
  }

  #remember(name: string, known: KnownBucket | undefined): void {
    this.#sorted = undefined;
    if (known === undefined) this.#known.delete(name);
    else this.#known.set(name, known);
  }
}

/** Seeks from bucket to bucket instead of reading all rows. */
const forgottenBuckets = `
  WITH RECURSIVE found (bucket) AS (
    SELECT min(b) FROM (SELECT min(bucket) AS b FROM versions UNION ALL SELECT min(bucket) FROM uploads)
    UNION ALL
    SELECT (SELECT min(b) FROM (
      SELECT min(bucket) AS b FROM versions WHERE bucket > found.bucket
      UNION ALL SELECT min(bucket) FROM uploads WHERE bucket > found.bucket))
    FROM found WHERE found.bucket IS NOT NULL
  )
  SELECT bucket FROM found WHERE bucket IS NOT NULL AND bucket NOT IN (SELECT id FROM buckets)`;
