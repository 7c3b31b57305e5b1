import { createContext, Script } from "node:vm";
import { EvaluationError } from "../scalar-function.ts";

/** How long the matching of one text may take. */
const maxMatchMs = 1000;

/**
 * Runs a function of ours that may take very long, and stops it then. Only V8 can stop a regular expression, and
 * only for scripts of `node:vm`; the function itself runs as it would anywhere.
 * @throws EvaluationError
 */
export function runWithin<T>(run: () => T): T {
  const sandbox: { run: () => T } = { run };
  try {
    return new Script("run()").runInContext(createContext(sandbox), { timeout: maxMatchMs }) as T;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") {
      throw new EvaluationError(`a regular expression took longer than ${maxMatchMs} ms for one text`);
    }
    throw error;
  }
}
