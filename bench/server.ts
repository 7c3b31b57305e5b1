import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A server to measure, run in a process of its own. */
export interface ServerKind {
  readonly name: string;
  /** Its program and parameters; the data directory is fresh. */
  command(port: number, data: string): readonly string[];
  readonly environment?: (port: number) => Readonly<Record<string, string>>;
}

const bench = import.meta.dirname;

export const millrace: ServerKind = {
  name: "Millrace",
  command: (port, data) => [
    process.execPath,
    join(bench, "../scripts/start.mjs"),
    ...["--port", `${port}`, "--redshift-port", "0", "--data", data],
  ],
};

/** A program of a peer that npm installed. */
export function peerProgram(path: string): readonly [string, string] {
  return [process.execPath, join(bench, "node_modules", path)];
}

/** A running server. */
export interface RunningServer {
  readonly port: number;
  readonly pid: number;
  /** From the start of the process to its first answer. */
  readonly startMs: number;
  rssMb(): number;
  /** The most that was resident since the start, or since `forgetPeak`. */
  peakMb(): number;
  /** Linux: the next peak is that of what follows. */
  forgetPeak(): void;
  stop(): Promise<void>;
}

export async function startServer(kind: ServerKind, port: number): Promise<RunningServer> {
  const data = mkdtempSync(join(tmpdir(), "millrace-bench-"));
  const startedMs = performance.now();
  const [program = "", ...parameters] = kind.command(port, data);
  const child = spawn(program, parameters, {
    env: { ...process.env, ...kind.environment?.(port) },
    // kinesis-local looks for its certificate in the working directory.
    cwd: dirname(parameters[0]?.startsWith("/") ? parameters[0] : data),
    stdio: ["ignore", "ignore", "inherit"],
  });
  await answers(port, child);
  const startMs = performance.now() - startedMs;
  const pid = child.pid ?? 0;
  return {
    port,
    pid,
    startMs,
    rssMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1]) / 1024,
    peakMb: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1]) / 1024,
    forgetPeak: () => writeFileSync(`/proc/${pid}/clear_refs`, "5"),
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      // A clean end lets the process keep its compiled code for the next start, as for any user.
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(timer);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Waits for the first HTTP answer of any kind. */
async function answers(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 3_000; attempt++) {
    if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`);
    try {
      await fetch(`http://127.0.0.1:${port}/_millrace/health`);
      return;
    } catch {
      // Not listening yet.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  throw new Error("the server did not answer within 15 seconds");
}
