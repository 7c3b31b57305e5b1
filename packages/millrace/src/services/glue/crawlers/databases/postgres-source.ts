import type { Client } from "pg";
import { connectPostgres, type DatabaseLogin } from "../../connections/database-client.ts";
import { type DatabaseSource, queryTimeoutMs, type SourceTable, tablesIn } from "./database-source.ts";
import { postgresType } from "./postgres-types.ts";

/** Tables, views and their columns; the partitions of a partitioned table are not tables of their own. */
const columnsQuery = `
  SELECT n.nspname AS schema, c.relname AS table, c.relkind IN ('v', 'm') AS "isView",
    obj_description(c.oid, 'pg_class') AS "tableComment", a.attname AS name,
    format_type(a.atttypid, a.atttypmod) AS "rawType", col_description(c.oid, a.attnum) AS comment
  FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
    AND a.attnum > 0 AND NOT a.attisdropped
    AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%'
    AND n.nspname NOT LIKE 'pg\\_temp%' AND has_schema_privilege(n.oid, 'USAGE')
    AND has_table_privilege(c.oid, 'SELECT')
  ORDER BY n.nspname, c.relname, a.attnum`;

interface Row {
  readonly schema: string;
  readonly table: string;
  readonly isView: boolean;
  readonly tableComment: string | null;
  readonly name: string;
  readonly rawType: string;
  readonly comment: string | null;
}

/** A PostgreSQL that a crawl is connected to. */
export class PostgresSource implements DatabaseSource {
  readonly engine = "postgresql";
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async connect(login: DatabaseLogin): Promise<PostgresSource> {
    return new PostgresSource(await connectPostgres(login, queryTimeoutMs));
  }

  async tables(): Promise<readonly SourceTable[]> {
    const { rows } = await this.#client.query<Row>(columnsQuery);
    return tablesIn(
      rows.map(({ comment, tableComment, ...row }) => ({
        ...row,
        type: postgresType(row.rawType),
        comment: comment ?? undefined,
        tableComment: tableComment ?? undefined,
      })),
    );
  }

  async close(): Promise<void> {
    await this.#client.end().catch(() => {});
  }
}
