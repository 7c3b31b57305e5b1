/** Types of the engine that pass in and out of our functions. */
export type ScriptType = "VARCHAR" | "BIGINT" | "INTEGER" | "DOUBLE" | "BOOLEAN" | "BLOB";

/** What a function gets and gives: BIGINT as bigint, BLOB as bytes. */
export type ScriptValue = string | bigint | number | boolean | Uint8Array | null;

/**
 * A function of one row written in JavaScript, for what the engine's SQL cannot say exactly. The kernel registers
 * it in the instance as `millrace_<name>`. A null argument gives null without a call, unless `takesNulls`.
 * It throws SqlError for what the client did wrong.
 */
export interface EngineFunction {
  readonly name: string;
  readonly parameters: readonly ScriptType[];
  readonly result: ScriptType;
  readonly takesNulls?: boolean;
  /** It may take very long for some arguments: ended with 57014 after so long with one chunk of rows. */
  readonly maxChunkMs?: number;
  run(...args: ScriptValue[]): ScriptValue;
}

/** A function of texts and numbers, typed by its own signature rather than value by value. */
export function engineFunction<Args extends ScriptValue[]>(
  name: string,
  parameters: readonly ScriptType[],
  result: ScriptType,
  run: (...args: Args) => ScriptValue,
): EngineFunction {
  return { name, parameters, result, run: run as (...args: ScriptValue[]) => ScriptValue };
}
