/** A million keys of state: how long a checkpoint holds the job up, and what a start costs; one JSON line. */
import { EngineRun } from "./engine-run.ts";
import { programOf } from "./nexmark-programs.ts";

const keys = 1_000_000;
const sink = "CREATE TABLE counts (k BIGINT, n BIGINT) WITH ('connector' = 'blackhole');";
const schema = (options: Readonly<Record<string, string | number>>): string =>
  programOf("q0", options).split("CREATE TABLE sink")[0] ?? "";

const run = new EngineRun();
const counting = `${schema({})}${sink}
  INSERT INTO counts SELECT k, COUNT(*) FROM (SELECT MOD(price * 7919 + bidder * 104729 + auction, ${keys}) AS k FROM bid)
  GROUP BY k;`;
const { job } = await run.start(counting);
const seen = async (records: number): Promise<void> => {
  while (job.metrics().recordsIn < records) await new Promise((resolve) => setTimeout(resolve, 50));
};
await seen(6 * keys);
const pauses: number[] = [];
for (let snapshot = 0; snapshot < 5; snapshot++) {
  const { bytes } = await job.snapshot(`s${snapshot}`);
  const { lastPauseMs = 0, lastDurationMs = 0 } = job.metrics().checkpoints;
  pauses.push(lastPauseMs);
  process.stderr.write(
    `pause ${lastPauseMs.toFixed(1)} ms, whole ${lastDurationMs.toFixed(0)} ms, ${bytes} bytes\n`,
  );
}
const stateMb = job.metrics().stateBytes / 1024 / 1024;
await job.stop({ snapshot: undefined });

/** Of jobs after the first: from the call to the first row that came out. */
const starts: number[] = [];
for (let time = 0; time < 5; time++) {
  const startedMs = performance.now();
  const started = await run.start(programOf("q0", {}));
  while (started.job.metrics().recordsOut === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  starts.push(performance.now() - startedMs);
  await started.job.stop({ snapshot: undefined });
}
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
console.log(JSON.stringify({ pauseMs: median(pauses), stateMb, startMs: median(starts) }));
await run.close();
