import type { StatementSync } from "node:sqlite";
import type { Clock } from "../../core/clock.ts";
import type { SqlFile } from "../../core/sql-file.ts";
import { type NamePage, type Page, pageOf } from "./scope.ts";

/** What a document is attached to; it goes when its owner goes. */
export interface AttachmentOwner {
  readonly owner: "database" | "table" | "partition";
  readonly id: number;
}

export interface Attachment {
  readonly name: string;
  readonly document: unknown;
  readonly createdMs: number;
}

type Row = { name: string; document: string; created_ms: number };

/**
 * Documents that services keep about a database, a table or a partition, such as functions and statistics, by
 * a kind and a name within their owner. Calls that write are made inside `Catalog.write`.
 */
export class Attachments {
  readonly #clock: Clock;
  readonly #find: StatementSync;
  readonly #list: StatementSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;

  constructor(file: SqlFile, clock: Clock) {
    this.#clock = clock;
    const where = "owner = ? AND owner_id = ? AND kind = ?";
    this.#find = file.prepare(
      `SELECT name, document, created_ms FROM attachments WHERE ${where} AND name = ?`,
    );
    this.#list = file.prepare(
      `SELECT name, document, created_ms FROM attachments WHERE ${where} AND name > ? ORDER BY name LIMIT ?`,
    );
    this.#put = file.prepare(
      `INSERT INTO attachments VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET document = excluded.document`,
    );
    this.#delete = file.prepare(`DELETE FROM attachments WHERE ${where} AND name = ?`);
  }

  find({ owner, id }: AttachmentOwner, kind: string, name: string): Attachment | undefined {
    const row = this.#find.get(owner, id, kind, name) as Row | undefined;
    return row && attachmentOf(row);
  }

  list({ owner, id }: AttachmentOwner, kind: string, page: NamePage): Page<Attachment, string> {
    const { after = "", limit } = page;
    const rows = this.#list.all(owner, id, kind, after, limit + 1) as Row[];
    return pageOf(rows.map(attachmentOf), limit, (last) => last.name);
  }

  /** Inside a write: adds a document or replaces it; the time of its creation stays. */
  put({ owner, id }: AttachmentOwner, kind: string, name: string, document: unknown): void {
    this.#put.run(owner, id, kind, name, JSON.stringify(document), this.#clock.now());
  }

  /** Inside a write. Answers whether there was one. */
  delete({ owner, id }: AttachmentOwner, kind: string, name: string): boolean {
    return this.#delete.run(owner, id, kind, name).changes > 0;
  }
}

function attachmentOf(row: Row): Attachment {
  return { name: row.name, document: JSON.parse(row.document), createdMs: row.created_ms };
}
