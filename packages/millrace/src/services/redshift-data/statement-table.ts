import type { StatementSync } from "node:sqlite";
import type { SqlFile } from "../../core/sql-file.ts";
import { isFinal, type Owner, type StatementDocument } from "./document.ts";

/** What the caller of ListStatements may see, and wants to. */
export interface StatementFilter extends Owner {
  readonly identity: string;
  readonly userId: string | undefined;
  readonly status: string | undefined;
  readonly namePrefix: string | undefined;
  readonly cluster: string | undefined;
  readonly database: string | undefined;
}

export interface ClientToken {
  /** With the operation's name. */
  readonly token: string;
  /** Hash of the input. */
  readonly input: string;
}

interface Row {
  readonly seq: number;
  readonly document: string;
}

/** Statements of the last day, on disk only: there may be many, and their texts are long. */
export class StatementTable {
  readonly #file: SqlFile;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #get: StatementSync;

  constructor(file: SqlFile) {
    this.#file = file;
    this.#insert = file.prepare(`INSERT INTO statements (id, account, region, identity, user_id, cluster,
      dbname, name, status, created_ms, result_bytes, token, token_input, document)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)`);
    this.#update = file.prepare(
      "UPDATE statements SET status = ?, result_bytes = ?, document = ? WHERE id = ?",
    );
    this.#get = file.prepare("SELECT document FROM statements WHERE id = ? AND account = ? AND region = ?");
  }

  insert(document: StatementDocument, token: ClientToken | undefined): Promise<void> {
    const { id, account, region, identity, userId, cluster, database, name, status, createdAtMs } = document;
    return this.#file.write(() => {
      this.#insert.run(
        ...[id, account, region, identity, userId, cluster, database, name ?? null, status, createdAtMs],
        ...[token?.token ?? null, token?.input ?? null, JSON.stringify(document)],
      );
    });
  }

  update(document: StatementDocument): Promise<void> {
    const { id, status } = document;
    return this.#file.write(() => {
      this.#update.run(status, keptBytes(document), JSON.stringify(document), id);
    });
  }

  get({ account, region }: Owner, id: string): StatementDocument | undefined {
    const row = this.#get.get(id, account, region);
    return row === undefined ? undefined : parsed(row["document"]);
  }

  /** What a call with this token made, and from which input. */
  byToken(
    { account, region }: Owner,
    token: string,
    sinceMs: number,
  ): { readonly input: string; readonly document: StatementDocument } | undefined {
    const select = this.#file.prepare(`SELECT token_input, document FROM statements
      WHERE account = ? AND region = ? AND token = ? AND created_ms > ?`);
    const row = select.get(account, region, token, sinceMs);
    return row && { input: String(row["token_input"]), document: parsed(row["document"]) };
  }

  /** The newest first. @param before the `seq` that the page before ended with */
  list(
    filter: StatementFilter,
    before: number | undefined,
    count: number,
  ): readonly { readonly seq: number; readonly document: StatementDocument }[] {
    const { account, region, identity, userId, status, namePrefix, cluster, database } = filter;
    const select = this.#file.prepare(`SELECT seq, document FROM statements
      WHERE account = ? AND region = ? AND identity = ? AND seq < ?
        AND (?5 IS NULL OR user_id = ?5) AND (?6 IS NULL OR status = ?6)
        AND (?7 IS NULL OR substr(name, 1, length(?7)) = ?7)
        AND (?8 IS NULL OR cluster = ?8) AND (?9 IS NULL OR dbname = ?9)
      ORDER BY seq DESC LIMIT ?10`);
    const rows = select.all(
      ...[account, region, identity, before ?? Number.MAX_SAFE_INTEGER],
      ...[userId ?? null, status ?? null, namePrefix ?? null, cluster ?? null, database ?? null, count],
    ) as unknown as Row[];
    return rows.map(({ seq, document }) => ({ seq, document: parsed(document) }));
  }

  /** Those that a crash left behind. */
  unfinished(): readonly StatementDocument[] {
    const select = this.#file.prepare(
      "SELECT document FROM statements WHERE status NOT IN ('FINISHED', 'FAILED', 'ABORTED')",
    );
    return select.all().map((row) => parsed(row["document"]));
  }

  /**
   * Forgets ended statements that are older than `beforeMs`, or that exceed what is kept.
   * @returns the ids of all that are gone
   */
  prune(beforeMs: number, kept: { readonly statements: number; readonly bytes: number }): Promise<string[]> {
    const prune = this.#file.prepare(`DELETE FROM statements
      WHERE status IN ('FINISHED', 'FAILED', 'ABORTED') AND (created_ms <= ? OR seq IN (
        SELECT seq FROM (SELECT seq, row_number() OVER newest AS number,
            sum(result_bytes) OVER newest AS bytes FROM statements WINDOW newest AS (ORDER BY seq DESC))
        WHERE number > ? OR bytes > ?))
      RETURNING id`);
    return this.#file.write(() =>
      prune.all(beforeMs, kept.statements, kept.bytes).map((row) => String(row["id"])),
    );
  }

  has(id: string): boolean {
    return this.#file.prepare("SELECT 1 FROM statements WHERE id = ?").get(id) !== undefined;
  }

  reset(): Promise<void> {
    const remove = this.#file.prepare("DELETE FROM statements");
    return this.#file.write(() => void remove.run());
  }
}

function keptBytes({ parts, status }: StatementDocument): number {
  if (!isFinal(status)) return 0;
  return parts.reduce((sum, { resultBytes }) => sum + Math.max(0, resultBytes), 0);
}

const parsed = (document: unknown): StatementDocument => JSON.parse(String(document)) as StatementDocument;
