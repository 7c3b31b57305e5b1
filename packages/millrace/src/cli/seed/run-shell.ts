import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { CommandError } from "../command-error.ts";
import { variablesFor } from "../env/variables.ts";
import type { SeedParts } from "./seed-parts.ts";

/** Runs a shell script in its folder, with AWS's variables pointing at Millrace. @throws CommandError */
export async function runShell(path: string, { io, aws, folder, signal }: SeedParts): Promise<void> {
  const environment: Record<string, string | undefined> = {
    ...io.environment,
    ...variablesFor(aws.connection, io.environment),
  };
  const child = spawn(isExecutable(path) ? path : "sh", isExecutable(path) ? [] : [path], {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "inherit", "inherit"],
    signal,
  });
  const ended = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, by) => resolve(code ?? by));
  }).catch((error: unknown) => {
    throw signal.aborted ? error : new CommandError(`${path} could not be started: ${String(error)}.`);
  });
  if (ended !== 0) throw new CommandError(`${path} ended with ${ended}. What it printed says why.`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
