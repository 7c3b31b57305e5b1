import { engineError } from "../../../sql/redshift/engine-errors.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { StatementContext } from "../statements/statement-context.ts";

/**
 * A streamed answer of the engine ends as if it were whole when its query fails midway. What tells is that the
 * transaction is aborted then. @throws SqlError with the query's error, as far as it can be found again
 */
export async function demandComplete(sql: string, context: StatementContext): Promise<void> {
  try {
    await context.connection.run("SELECT 1");
    return;
  } catch {
    context.checkCancelled();
  }
  throw await failureOf(sql, context);
}

/** Runs the query again on a line of its own, without keeping its rows. */
async function failureOf(sql: string, { host, signal }: StatementContext): Promise<unknown> {
  const connection = await host.connect();
  const interrupt = (): void => connection.interrupt();
  signal.addEventListener("abort", interrupt);
  try {
    await connection.run(`SELECT max(hash(q)) FROM (${sql}) AS q`);
  } catch (error) {
    return signal.aborted ? signal.reason : engineError(error);
  } finally {
    signal.removeEventListener("abort", interrupt);
    connection.close();
  }
  return new SqlError("XX000", "the query of UNLOAD failed");
}
