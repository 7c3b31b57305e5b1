import { SqlError } from "../sql-error.ts";
import type { ApplicationConnections } from "./application-schema.ts";

export interface RewrittenApplication {
  /** A whole program: tables of inputs and outputs, views, one statement set. */
  readonly flinkSql: string;
  /** Which piece of `flinkSql` was made of which piece of the code; in the order of `flinkSql`. */
  readonly positions: readonly PositionMapping[];
}

export interface PositionMapping {
  /** In `flinkSql`, in UTF-16 units from 0. */
  readonly start: number;
  readonly end: number;
  /** In the application's code. */
  readonly originalStart: number;
  readonly originalEnd: number;
}

/**
 * The application's code in the dialect of SQL-1_0 as a program of Flink SQL.
 * @throws SqlError with a position in `code`; 0A000 names what has no form in Flink SQL
 */
export function rewriteAnalyticsSql(code: string, connections: ApplicationConnections): RewrittenApplication {
  throw new SqlError(
    "0A000",
    `no rewriter yet for ${code.length} characters and ${connections.inputs.length} inputs`,
  );
}
