import { parseScript } from "../parser/flink-parser.ts";
import type { BindOptions, BoundProgram } from "./bound-program.ts";

/**
 * Binds a program of Flink SQL: what it defines is only known to it, but for external catalogs.
 * @throws SqlError with the position of what is wrong in the program's text
 */
export async function bindProgram(text: string, options: BindOptions): Promise<BoundProgram> {
  parseScript(text);
  await Promise.resolve(options);
  throw new Error("no binder yet");
}
