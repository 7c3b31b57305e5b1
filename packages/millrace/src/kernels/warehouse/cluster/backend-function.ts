import type * as DuckDB from "@duckdb/node-api";
import { SqlError } from "../../../sql/sql-error.ts";
import { backendFunction } from "../session/backend-name.ts";
import type { SessionControl } from "../session/session-host.ts";

/**
 * Registers `millrace_backend(action, caller's process id, argument, argument)`, which the engine calls for each row. Calls
 * come on the thread of JavaScript.
 */
export function registerBackendFunction(
  connection: DuckDB.DuckDBConnection,
  duckdb: typeof DuckDB,
  session: (processId: number) => SessionControl | undefined,
): void {
  const { VARCHAR, BIGINT } = duckdb;
  connection.registerScalarFunction(
    duckdb.DuckDBScalarFunction.create({
      name: backendFunction,
      parameterTypes: [VARCHAR, BIGINT, VARCHAR, VARCHAR],
      returnType: VARCHAR,
      volatile: true,
      mainFunction: (info, input, output) => {
        try {
          const vectors = [0, 1, 2, 3].map((index) => input.getColumnVector(index));
          for (let row = 0; row < input.rowCount; row++) {
            const [action, caller, first, second] = vectors.map((vector) =>
              String(vector.getItem(row) ?? ""),
            );
            output.setItem(row, act(String(action), Number(caller), String(first), String(second), session));
          }
          output.flush();
        } catch (error) {
          const { sqlState, message } =
            error instanceof SqlError ? error : { sqlState: "XX000", message: String(error) };
          info.setError(`millrace:${sqlState}:${message}`);
        }
      },
    }),
  );
}

function act(
  action: string,
  caller: number,
  first: string,
  second: string,
  session: (processId: number) => SessionControl | undefined,
): string {
  const own = session(caller);
  if (own === undefined) return "false";
  if (action === "set_config") return own.setConfig(first, second, false);
  if (action === "set_config_local") return own.setConfig(first, second, true);
  const other = session(Number(first));
  if (other === undefined) return "false";
  if (other.user.id !== own.user.id && !own.user.superuser)
    throw new SqlError("42501", "must be superuser to signal other server processes");
  if (action === "cancel") other.cancel();
  else other.terminate("57P01", "terminating connection due to administrator command");
  return "true";
}
