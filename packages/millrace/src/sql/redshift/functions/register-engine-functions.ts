import { type Context, createContext, Script } from "node:vm";
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
  const { parameters, takesNulls, maxChunkMs } = definition;
  const rows: DuckDB.DuckDBScalarMainFunction = (_, input, output) => {
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
  };
  const bounded = maxChunkMs === undefined ? undefined : timeLimit(maxChunkMs);
  return (info, input, output) => {
    try {
      if (bounded === undefined) rows(info, input, output);
      else bounded(() => rows(info, input, output));
    } catch (error) {
      info.setError(errorText(error));
    }
  };
}

/** Runs a step and ends it after so long: the watch of a context of its own can stop even an expression at work. */
function timeLimit(limitMs: number): (step: () => void) => void {
  const sandbox: { step: () => void } = { step: () => undefined };
  const script = new Script("step()");
  let context: Context | undefined;
  return (step) => {
    context ??= createContext(sandbox);
    sandbox.step = step;
    try {
      script.runInContext(context, { timeout: limitMs });
    } catch (error) {
      if ((error as { code?: unknown }).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
      throw new SqlError("57014", "The regular expression takes too long.", { cause: error });
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
