import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const program = join(import.meta.dirname, "../../packages/millrace/src/cli/main.ts");

/** A Millrace on a free port and a temporary directory, for as long as the example runs. */
export interface OwnMillrace {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startOwnMillrace(): Promise<OwnMillrace> {
  const data = await mkdtemp(join(tmpdir(), "millrace-flights-"));
  const child = spawn(process.execPath, [program, "--port", "0", "--data", data], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Millrace is ready at (\S+)$/.exec(line)?.[1];
    if (url === undefined) continue;
    return {
      url,
      async stop() {
        child.kill("SIGTERM");
        await ended;
        await rm(data, { recursive: true, force: true });
      },
    };
  }
  await rm(data, { recursive: true, force: true });
  throw new Error("Millrace did not start.");
}
