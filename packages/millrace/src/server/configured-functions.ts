import type { Clock } from "../core/clock.ts";
import { FunctionError, type Functions } from "../core/functions-port.ts";
import type { Logger } from "../core/logger.ts";
import type { FunctionEntry } from "./function-setting.ts";
import { HttpFunction } from "./http-function.ts";
import { ModuleFunction } from "./module-function.ts";

export interface ConfiguredFunctionsParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly entries: readonly FunctionEntry[];
}

/** One configured function; `invoke` as `Functions` says. */
interface ConfiguredFunction {
  invoke(functionArn: string, payload: Buffer, signal: AbortSignal): Promise<Buffer>;
  close?(): Promise<void>;
}

const maxLogCharacters = 2_048;

/** The functions that the configuration names, by ARN or name. */
export class ConfiguredFunctions implements Functions {
  readonly #functions = new Map<string, ConfiguredFunction>();
  readonly #log: Logger;

  constructor({ clock, log, entries }: ConfiguredFunctionsParts) {
    this.#log = log;
    for (const { name, target } of entries) {
      const created =
        target.kind === "http"
          ? new HttpFunction(target.url)
          : new ModuleFunction({ path: target.path, clock, log: log.child({ function: name }) });
      this.#functions.set(name, created);
    }
  }

  has(functionArn: string): boolean {
    return this.#find(functionArn) !== undefined;
  }

  async invoke(functionArn: string, payload: Buffer, signal: AbortSignal): Promise<Buffer> {
    const found = this.#find(functionArn);
    if (found === undefined)
      throw new FunctionError("notFound", `No function is configured for ${functionArn}.`);
    try {
      return await found.invoke(functionArn, payload, signal);
    } catch (error) {
      if (error instanceof FunctionError) this.#logFailure(functionArn, error);
      throw error;
    }
  }

  /** What a function threw is shown nowhere else: the error output has AWS's text for all failures. */
  #logFailure(functionArn: string, { failure, message }: FunctionError): void {
    const reason = message.slice(0, maxLogCharacters);
    this.#log.warn({ function: functionArn, failure }, `a function failed: ${reason}`);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#functions.values()].map((one) => one.close?.()));
  }

  /** The most exact name decides: the ARN, the ARN without version or alias, then the same of the name. */
  #find(functionArn: string): ConfiguredFunction | undefined {
    for (const name of namesOf(functionArn)) {
      const found = this.#functions.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function namesOf(functionArn: string): readonly string[] {
  const parts = functionArn.split(":");
  if (parts[0] !== "arn") return [functionArn, functionArn.replace(/:.*$/, "")];
  const [name = "", ...qualifier] = parts.slice(6);
  const qualified = [name, ...qualifier].join(":");
  return [functionArn, parts.slice(0, 7).join(":"), qualified, name];
}
