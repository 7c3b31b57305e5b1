/**
 * Streaming SQL: Nexmark's queries through the SQL front end, with a generator source and a discarding sink, in
 * events per CPU-second of all threads; JSON records of a stream; checkpoints; starts; latency.
 * `--case nexmark|json|checkpoint|latency`, all of them when not given; `--query q5`, `--events 5000000`.
 */
import { execFileSync } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { flinkFigures, otherTarget, queries, targets } from "./nexmark-programs.ts";
import { jsonCase, latencyCase } from "./service-cases.ts";

const { values: options } = parseArgs({
  options: {
    case: { type: "string", default: "" },
    query: { type: "string", default: "" },
    events: { type: "string", default: "5000000" },
    repetitions: { type: "string", default: "3" },
    records: { type: "string", default: "1000000" },
    seconds: { type: "string", default: "30" },
    port: { type: "string", default: "4860" },
  },
});
const wants = (name: string): boolean => options.case === "" || options.case === name;
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

interface QueryRun {
  readonly events: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly rows: number;
  readonly peakMb: number;
}

function inProcess<T>(file: string, ...args: readonly string[]): T {
  const path = join(import.meta.dirname, file);
  const text = execFileSync(process.execPath, [path, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(text.trim().split("\n").at(-1) ?? "") as T;
}

function nexmark(): void {
  console.log(
    "\n| Nexmark | K events/CPU-s | target | rows out | wall s | peak MB | Flink V1 / V2, K/s a core |\n|---|---|---|---|---|---|---|",
  );
  for (const query of options.query === "" ? queries : options.query.split(",")) {
    const runs = Array.from({ length: Number(options.repetitions) }, () =>
      inProcess<QueryRun>("query-process.ts", query, options.events),
    );
    const rate = median(runs.map(({ events, cpuSeconds }) => events / cpuSeconds / 1000));
    const [first] = runs;
    const flink = (flinkFigures[query] ?? []).join(" / ");
    const wall = median(runs.map(({ wallSeconds }) => wallSeconds)).toFixed(1);
    const peak = median(runs.map(({ peakMb }) => peakMb)).toFixed(0);
    console.log(
      `| ${query} | ${rate.toFixed(0)} | ${targets[query] ?? otherTarget} | ${first?.rows ?? 0} | ${wall} | ${peak} | ${flink} |`,
    );
  }
}

console.log(
  `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.versions.node}`,
);
if (wants("nexmark")) nexmark();
if (wants("json")) {
  const rates: number[] = [];
  for (let time = 0; time < Number(options.repetitions); time++)
    rates.push(await jsonCase(Number(options.port), Number(options.records)));
  console.log(
    `\nJSON records from a stream into windows: ${(median(rates) / 1000).toFixed(0)} K records/CPU-s (target 600)`,
  );
}
if (wants("checkpoint")) {
  const { pauseMs, stateMb, startMs } = inProcess<{ pauseMs: number; stateMb: number; startMs: number }>(
    "checkpoint-process.ts",
  );
  console.log(
    `\nCheckpoint of 1,000,000 keys (${stateMb.toFixed(0)} MB): held up for ${pauseMs.toFixed(1)} ms (target 50)`,
  );
  console.log(`Start to first row: ${startMs.toFixed(0)} ms (target 300)`);
}
if (wants("latency")) {
  const { p50Ms, p99Ms, results, idleMb } = await latencyCase(Number(options.port), Number(options.seconds));
  console.log(
    `\nWindow closed to result visible at 50,000 events/s: p50 ${p50Ms} ms, p99 ${p99Ms} ms (target 50), ${results} results`,
  );
  console.log(`Idle with a running application: ${idleMb.toFixed(0)} MB resident (target 150)`);
}
