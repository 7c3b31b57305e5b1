import { mkdtempSync, rmSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../packages/millrace/src/core/clock.ts";
import { createConnectors } from "../../packages/millrace/src/kernels/streaming/connectors/index.ts";
import {
  createStreamingEngine,
  type Job,
  type StreamingEngine,
} from "../../packages/millrace/src/kernels/streaming/index.ts";

const context = {
  account: "000000000000",
  region: "us-east-1",
  roleArn: undefined,
  sourceArn: "arn:aws:bench",
};
const noStreams = (): never => {
  throw new Error("there are no streams here");
};

/** An engine on a directory of its own, in this process. */
export class EngineRun {
  readonly #directory: string = mkdtempSync(join(tmpdir(), "millrace-bench-"));
  readonly engine: StreamingEngine;
  #jobs = 0;

  constructor() {
    // As the server does: its threads find there what they have compiled before.
    enableCompileCache();
    const streams = { openReader: noStreams, openWriter: noStreams };
    const connectors = createConnectors({ clock: systemClock, streams } as unknown as Parameters<
      typeof createConnectors
    >[0]);
    this.engine = createStreamingEngine({ directory: this.#directory, clock: systemClock, connectors });
  }

  async start(text: string, parallelism = 1): Promise<{ readonly job: Job; readonly ended: Promise<void> }> {
    let settle: (error: Error | undefined) => void = () => {};
    const ended = new Promise<void>((resolve, reject) => {
      settle = (error) => (error === undefined ? resolve() : reject(error));
    });
    const job = await this.engine.start({
      key: `job-${this.#jobs++}`,
      program: { text, dialect: "flink", context },
      options: {
        ...{ parallelism, checkpointIntervalMs: 60_000, minPauseMs: 5_000, maxStateBytes: 8 * 1024 ** 3 },
        events: { log() {}, ended: settle },
      },
      restoreFrom: undefined,
      allowNonRestoredState: false,
    });
    return { job, ended };
  }

  async close(): Promise<void> {
    await this.engine.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

export function cpuSeconds(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}
