import type * as DuckDB from "@duckdb/node-api";
import { SqlError } from "../../sql-error.ts";
import { engineFunctions } from "./engine-functions.ts";
import type { EngineFunction, ScriptType, ScriptValue } from "./scripts/engine-function.ts";

/**
 * Registers our functions in the connection's instance, once: all of its connections see them. They run on the
 * thread of JavaScript, a chunk of rows at a time.
 */
export function registerEngineFunctions(connection: DuckDB.DuckDBConnection, duckdb: typeof DuckDB): void {
  for (const definition of engineFunctions()) {
    connection.registerScalarFunction(
      duckdb.DuckDBScalarFunction.create({
        name: `millrace_${definition.name}`,
        parameterTypes: definition.parameters.map((type) => duckdb[type]),
        returnType: duckdb[definition.result],
        specialHandling: definition.takesNulls ?? false,
        mainFunction: mainFunction(definition, duckdb),
      }),
    );
  }
}

function mainFunction(definition: EngineFunction, duckdb: typeof DuckDB): DuckDB.DuckDBScalarMainFunction {
  const { parameters, takesNulls } = definition;
  return (info, input, output) => {
    try {
      const vectors = parameters.map((_, index) => input.getColumnVector(index));
      const args: ScriptValue[] = new Array(parameters.length).fill(null);
      for (let row = 0; row < input.rowCount; row++) {
        let hasNull = false;
        for (let index = 0; index < parameters.length; index++) {
          const value = scriptValue(vectors[index]?.getItem(row), parameters[index]);
          args[index] = value;
          hasNull ||= value === null;
        }
        const result = hasNull && takesNulls !== true ? null : definition.run(...args);
        output.setItem(row, result instanceof Uint8Array ? duckdb.blobValue(result) : result);
      }
      output.flush();
    } catch (error) {
      info.setError(errorText(error));
    }
  };
}

function scriptValue(value: unknown, type: ScriptType | undefined): ScriptValue {
  if (value === null || value === undefined) return null;
  return type === "BLOB" ? (value as { bytes: Uint8Array }).bytes : (value as ScriptValue);
}

/** In the form that `engine-errors.ts` reads. */
function errorText(error: unknown): string {
  if (error instanceof SqlError) return `millrace:${error.sqlState}:${error.message}`;
  return `millrace:XX000:${error instanceof Error ? error.message : String(error)}`;
}
