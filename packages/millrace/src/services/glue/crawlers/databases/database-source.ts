import type { JdbcEngine } from "../../connections/jdbc-url.ts";

/** A column of a table in a database. */
export interface SourceColumn {
  readonly name: string;
  /** In Glue's types. */
  readonly type: string;
  /** As the database calls it: `character varying(30)`. */
  readonly rawType: string;
  readonly comment: string | undefined;
}

/** A table or view that whoever connects may read. */
export interface SourceTable {
  /** Undefined where a database has no schemas. */
  readonly schema: string | undefined;
  readonly name: string;
  readonly isView: boolean;
  readonly comment: string | undefined;
  readonly columns: readonly SourceColumn[];
}

/** A database that a crawl is connected to. */
export interface DatabaseSource {
  readonly engine: JdbcEngine;
  /** All tables and views, in the order of their names. */
  tables(): Promise<readonly SourceTable[]>;
  close(): Promise<void>;
}

/** How long a database may take to answer. */
export const queryTimeoutMs = 60_000;

/** One row of what a database tells: a column, and which table it belongs to. */
export interface ColumnRow extends SourceColumn {
  readonly schema: string | undefined;
  readonly table: string;
  readonly isView: boolean;
  readonly tableComment: string | undefined;
}

/** The tables of rows that come ordered by table. */
export function tablesIn(rows: Iterable<ColumnRow>): readonly SourceTable[] {
  const tables: (SourceTable & { readonly columns: SourceColumn[] })[] = [];
  for (const { schema, table, isView, tableComment, ...column } of rows) {
    let last = tables.at(-1);
    if (last === undefined || last.schema !== schema || last.name !== table) {
      last = { schema, name: table, isView, comment: tableComment, columns: [] };
      tables.push(last);
    }
    last.columns.push(column);
  }
  return tables;
}
