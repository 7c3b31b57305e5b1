import type { SqlType } from "../../../sql/redshift/types.ts";
import type { ParsedStatement } from "../sql-session.ts";

/** A statement of SQL's PREPARE. */
export interface SqlPrepared {
  readonly statement: ParsedStatement;
  readonly parameterTypes: readonly SqlType[];
}
