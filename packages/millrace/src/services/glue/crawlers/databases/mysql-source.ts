import type { Connection, RowDataPacket } from "mysql2/promise";
import { connectMysql, type DatabaseLogin } from "../../connections/database-client.ts";
import { type DatabaseSource, queryTimeoutMs, type SourceTable, tablesIn } from "./database-source.ts";
import { mysqlType } from "./mysql-types.ts";

const columnsQuery = `
  SELECT t.TABLE_NAME AS tableName, t.TABLE_TYPE AS tableType, t.TABLE_COMMENT AS tableComment,
    c.COLUMN_NAME AS name, c.COLUMN_TYPE AS rawType, c.COLUMN_COMMENT AS comment
  FROM information_schema.TABLES t
    JOIN information_schema.COLUMNS c ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
  WHERE t.TABLE_SCHEMA = ?
  ORDER BY t.TABLE_NAME, c.ORDINAL_POSITION`;

interface Row extends RowDataPacket {
  readonly tableName: string;
  readonly tableType: string;
  readonly tableComment: string;
  readonly name: string;
  readonly rawType: string;
  readonly comment: string;
}

/** A MySQL or MariaDB that a crawl is connected to. */
export class MysqlSource implements DatabaseSource {
  readonly engine = "mysql";
  readonly #connection: Connection;
  readonly #database: string;

  private constructor(connection: Connection, database: string) {
    this.#connection = connection;
    this.#database = database;
  }

  static async connect(login: DatabaseLogin): Promise<MysqlSource> {
    return new MysqlSource(await connectMysql(login), login.database);
  }

  async tables(): Promise<readonly SourceTable[]> {
    const [rows] = await this.#connection.query<Row[]>({
      sql: columnsQuery,
      values: [this.#database],
      timeout: queryTimeoutMs,
    });
    return tablesIn(
      rows.map(({ tableName, tableType, tableComment, name, rawType, comment }) => {
        const isView = tableType === "VIEW";
        return {
          schema: undefined,
          table: tableName,
          isView,
          // MySQL says VIEW as the comment of each view.
          tableComment: isView || tableComment === "" ? undefined : tableComment,
          name,
          rawType,
          type: mysqlType(rawType),
          comment: comment === "" ? undefined : comment,
        };
      }),
    );
  }

  async close(): Promise<void> {
    // A connection that does not end properly is cut.
    await this.#connection.end().catch(() => this.#connection.destroy());
  }
}
