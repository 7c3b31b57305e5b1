import type { JobRecord } from "../checkpoint/job-directory.ts";
import type { JobParts, JobSetup } from "./job-port.ts";
import { openSinks } from "./open-connectors.ts";
import { producerOf } from "./producer.ts";

/**
 * Brings the sinks of a run that will not go on to where its last checkpoint is: what was prepared is made
 * visible, what was staged behind it is dropped.
 */
export async function settleRun(parts: JobParts, setup: JobSetup, record: JobRecord): Promise<void> {
  const producer = producerOf(setup.directory.id, record.run);
  const manifest = (await setup.directory.run(record.run).newest())?.manifest;
  if (manifest === undefined || manifest.producer !== producer) return;
  const end = new AbortController();
  const sinks = await openSinks(setup.job, manifest.parallelism, producer, {
    connectors: parts.connectors,
    identity: setup.identity,
    startedMs: record.startedMs,
    log: (level, message) => setup.options.events.log(level, message),
    clock: parts.clock,
    roundLimits: parts.roundLimits,
    signal: end.signal,
    wake: () => undefined,
    fail: () => undefined,
  });
  try {
    await sinks.recover(manifest.sinks);
  } finally {
    end.abort();
    await sinks.close(false);
  }
}
