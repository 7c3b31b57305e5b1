import { type Context, createContext, Script } from "node:vm";
import { EvaluationError } from "../scalar-function.ts";

/** How long the matching of one text may take. */
const maxMatchMs = 1000;

/**
 * Runs functions of ours that may take very long, and stops them then. Only V8 can stop a regular expression, and
 * only for scripts of `node:vm`; the functions themselves run as they would anywhere. Each run costs a tenth of a
 * millisecond.
 */
export class TimeLimit {
  readonly #sandbox: { run: () => unknown } = { run: () => undefined };
  readonly #script = new Script("run()");
  readonly #context: Context = createContext(this.#sandbox);

  /** @throws EvaluationError */
  run<T>(run: () => T): T {
    this.#sandbox.run = run;
    try {
      return this.#script.runInContext(this.#context, { timeout: maxMatchMs }) as T;
    } catch (error) {
      // The error is of the sandbox's realm, and so no instance of our Error.
      if ((error as { readonly code?: unknown } | null)?.code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
      throw new EvaluationError(`a regular expression took longer than ${maxMatchMs} ms for one text`);
    }
  }
}
