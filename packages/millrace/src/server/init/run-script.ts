import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Clock } from "../../core/clock.ts";
import type { ScriptEnvironment } from "./script-environment.ts";

export interface ScriptRun {
  /** Undefined when it was ended by a signal. */
  readonly exitCode: number | undefined;
  /** The end of what it said on both its outputs. */
  readonly output: string;
}

const maxOutputChars = 4_096;

/** The command line beside this file, in the sources and in the built package alike. */
const commandLine = fileURLToPath(new URL(`../../cli/main${extname(import.meta.url)}`, import.meta.url));

/** Runs a script to its end, or to the end of its time. */
export function runScript(
  path: string,
  options: {
    readonly environment: ScriptEnvironment;
    readonly maxMs: number;
    readonly clock: Clock;
  },
): Promise<ScriptRun> {
  const [program, args] = commandOf(path);
  return new Promise((resolve, reject) => {
    // A group of its own, so that what it has started ends with it.
    const child = spawn(program, args, {
      env: { ...process.env, ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let output = "";
    const collect = (chunk: Buffer): void => {
      output = `${output}${chunk.toString()}`.slice(-maxOutputChars);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const timer = options.clock.after(options.maxMs, () => {
      collect(Buffer.from(`\nended after ${options.maxMs / 1_000} s`));
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    });
    child.once("error", (error) => {
      timer.cancel();
      reject(error);
    });
    // Not "close": what a script leaves running in the background may hold its outputs.
    child.once("exit", (code) => {
      timer.cancel();
      setImmediate(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ exitCode: code ?? undefined, output: output.trim() });
      });
    });
  });
}

/** Shell and Python run as they are; all else is what `millrace seed` takes. */
function commandOf(path: string): readonly [program: string, args: readonly string[]] {
  if (path.endsWith(".sh")) return isExecutable(path) ? [path, []] : ["sh", [path]];
  if (path.endsWith(".py")) return ["python3", [path]];
  return [process.execPath, [commandLine, "seed", path]];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
