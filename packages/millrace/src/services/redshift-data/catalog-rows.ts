import type { Call } from "../../gateway/call.ts";
import type { SqlSession } from "../../kernels/warehouse/sql-session.ts";
import { connect } from "./connect.ts";
import { connectionFailed, invalid } from "./errors.ts";
import type { Row } from "./result-files.ts";
import { errorText, runSql } from "./run-sql.ts";
import type { RedshiftDataState } from "./state.ts";
import { type Connection, targetOf } from "./target.ts";

/**
 * What a query of the catalog gives to the caller's user, who sees there what his rights let him see.
 * @throws ServiceError ValidationException, DatabaseConnectionException
 */
export async function catalogRows(
  state: RedshiftDataState,
  call: Call,
  connection: Connection,
  sql: string,
  parameters: Readonly<Record<string, string>>,
): Promise<readonly Row[]> {
  const target = targetOf(state.warehouse, connection, call);
  let session: SqlSession;
  try {
    session = await connect(state, call, target);
  } catch (error) {
    throw connectionFailed(errorText(error));
  }
  const stop = (): void => session.cancel();
  call.signal.addEventListener("abort", stop, { once: true });
  const rows: Row[] = [];
  try {
    const sink = {
      begin: () => Promise.resolve(),
      add: (row: Row): Promise<void> => Promise.resolve(void rows.push(row)),
    };
    await runSql(session, sql, new Map(Object.entries(parameters)), sink);
  } catch (error) {
    throw invalid(errorText(error));
  } finally {
    call.signal.removeEventListener("abort", stop);
    await session.close();
  }
  return rows;
}
