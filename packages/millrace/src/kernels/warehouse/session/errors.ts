import { engineError } from "../../../sql/redshift/engine-errors.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { RelationRecord } from "../catalog/records.ts";
import { serializableViolation } from "../transaction/transaction-history.ts";
import { userColumn } from "./engine-names.ts";

export interface ErrorContext {
  readonly transactionId: number;
  readonly processId: number;
  readonly relation: (oid: number) => RelationRecord | undefined;
  /** What the statement was ended with, if it was. */
  readonly cancelled: SqlError | undefined;
}

/** An error of the engine in Redshift's words. What is an SqlError already stays as it is. */
export function sessionError(error: unknown, context: ErrorContext): SqlError {
  if (error instanceof SqlError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (context.cancelled !== undefined && message.startsWith("INTERRUPT")) return context.cancelled;
  if (isConflict(message)) {
    const oid = Number(/"?\bt(\d+)\b"?/.exec(message)?.[1] ?? 0);
    return serializableViolation(oid, [context.transactionId], context.processId);
  }
  const found = userColumn(message, context.relation);
  if (found !== undefined && message.includes("NOT NULL constraint"))
    return new SqlError("23502", `Cannot insert a NULL value into column ${found.column}`, {
      detail: `Table: ${found.relation.name}`,
      cause: error,
    });
  if (/no space left|out of disk|could not write|max_temp_directory_size/i.test(message))
    return new SqlError("53100", "Disk Full", { cause: error });
  return engineError(error);
}

/** A checkpoint failed (a full disk): the engine wants the database to be closed and opened again. */
export function isInvalidated(error: unknown): boolean {
  const message = error instanceof Error ? error.message : String(error);
  return /has been invalidated|^FATAL Error/.test(message);
}

/** Two transactions changed the same rows, or one changed a table that the other had dropped or altered. */
function isConflict(message: string): boolean {
  return message.startsWith("TransactionContext Error") && /conflict/i.test(message);
}

export function cancelledError(): SqlError {
  return new SqlError("57014", "Query cancelled on user's request");
}
