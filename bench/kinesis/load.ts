import { spawn } from "node:child_process";
import { join } from "node:path";

/** What the load generator prints of one run. */
export interface LoadResult {
  readonly requestsPerSec: number;
  readonly recordsPerSec: number;
  readonly MBps: number;
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
  readonly failedRecords: number;
  readonly errorSample?: string;
  readonly serverCpuPct: number;
  readonly serverRssMBpeak: number;
}

/** Runs the generator in its own process against a server on this machine. */
export function runLoad(server: { port: number; pid: number }, args: readonly string[]): Promise<LoadResult> {
  const script = join(import.meta.dirname, "load.mjs");
  const target = ["--endpoint", `http://127.0.0.1:${server.port}`, "--pid", `${server.pid}`];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...target, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    // It has deleted its stream a moment after it printed; node has been seen to hang on its way out.
    let overdue: NodeJS.Timeout | undefined;
    child.stdout.on("data", () => {
      if (output.includes("\n")) overdue ??= setTimeout(() => child.kill("SIGKILL"), 5_000);
    });
    child.once("close", (code) => {
      clearTimeout(overdue);
      if (output.includes("\n")) resolve(JSON.parse(output));
      else reject(new Error(`the load generator ended with code ${code}: ${args.join(" ")}`));
    });
  });
}
