import { spawn } from "node:child_process";
import { constants } from "node:os";
import { systemCode } from "../../core/errors.ts";
import { CommandError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import type { ConnectionFlags } from "../connection/connection.ts";
import { keysFor } from "../connection/keys.ts";
import { variablesFor } from "../env/variables.ts";

/** A program of somebody else that is run against Millrace. */
export interface WrappedProgram {
  readonly name: string;
  readonly title: string;
  /** Where it is found. */
  readonly hint: string;
  /** A variable that names another program to run. */
  readonly commandVariable?: string;
  /** What it is told besides the environment. */
  readonly argumentsFor?: (url: string, args: readonly string[]) => readonly string[];
}

const signalBase = 128;

/** Runs it on this terminal, and answers its exit code. @throws CommandError when it is not installed */
export async function runWrapped(
  wrapped: WrappedProgram,
  args: readonly string[],
  flags: ConnectionFlags,
  io: CommandIo,
): Promise<number> {
  const connection = await io.connection(flags);
  const credentials = await keysFor(connection, flags, io.environment);
  const url = byAddress(connection.url);
  const variables = variablesFor({ ...connection, url, credentials }, io.environment);
  const program = (wrapped.commandVariable && io.environment[wrapped.commandVariable]) || wrapped.name;
  // What is undefined is left out of the child's environment.
  const env: NodeJS.ProcessEnv = { ...io.environment, ...variables };
  // The terminal sends Ctrl-C to both; this one waits for how the other ends.
  const ignore = (): void => {};
  process.on("SIGINT", ignore);
  try {
    return await ended(program, wrapped.argumentsFor?.(url, args) ?? args, env);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
    throw new CommandError(
      `${wrapped.title} (${program}) is not installed here, or not in PATH. Get it from ${wrapped.hint}.`,
      undefined,
      { cause: error },
    );
  } finally {
    process.off("SIGINT", ignore);
  }
}

/**
 * Under the name localhost, SDKs ask for bucket.localhost, which not every machine finds; at an address they ask for
 * buckets by path.
 */
export function byAddress(url: string): string {
  const parsed = new URL(url);
  if (parsed.hostname === "localhost") parsed.hostname = "127.0.0.1";
  return parsed.href.replace(/\/$/, "");
}

function ended(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: "inherit" });
    const forward = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    process.on("SIGTERM", forward);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      process.off("SIGTERM", forward);
      resolve(code ?? signalBase + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
