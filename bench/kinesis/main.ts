import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { millrace, type ServerKind, startServer } from "../server.ts";
import { type Case, cases, figure } from "./cases.ts";
import { runLoad } from "./load.ts";
import { peers } from "./peers.ts";
import { soak } from "./soak.ts";
import { measurePush } from "./subscribe.ts";

const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
    soak: { type: "string" },
    "only-millrace": { type: "boolean", default: false },
    port: { type: "string", default: "4800" },
  },
});
const seconds = Number(options.seconds);
let port = Number(options.port);

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const show = (value: number | undefined, digits = 0): string =>
  value === undefined ? "-" : value.toLocaleString("en-US", { maximumFractionDigits: digits });

interface Row {
  readonly name: string;
  readonly unit: string;
  readonly target: number | undefined;
  readonly values: Map<string, number>;
  p99: number | undefined;
}

/** Each server runs all cases in a process of its own; the figure of a case is the median of its rounds. */
async function measure(kind: ServerKind, rows: readonly Row[]): Promise<void> {
  for (const [index, one] of cases.entries()) {
    const isMillrace = kind === millrace;
    if (one.millraceOnly && !isMillrace) continue;
    const results = [];
    for (let round = 0; round < Number(options.rounds); round++) {
      port += 2;
      const server = await startServer(kind, port);
      try {
        results.push(await runLoad(server, [...argsOf(one, isMillrace), "--seconds", `${seconds}`]));
      } catch (error) {
        console.error(`${kind.name}: ${one.name}: ${String(error)}`);
      } finally {
        await server.stop();
      }
    }
    const good = results.filter(({ errors, failedRecords }) => errors === 0 && failedRecords === 0);
    for (const { errorSample } of results)
      if (errorSample) console.error(`${kind.name}: ${one.name}: ${errorSample}`);
    if (good.length === 0) continue;
    const row = rows[index];
    row?.values.set(kind.name, median(good.map((result) => figure(result, one.unit))));
    if (row && isMillrace) row.p99 = median(good.map(({ p99 }) => p99));
    console.error(`${kind.name}: ${one.name}: ${show(row?.values.get(kind.name), 1)} ${one.unit}`);
  }
}

function argsOf(one: Case, isMillrace: boolean): readonly string[] {
  return isMillrace ? one.args : (one.peerArgs ?? one.args);
}

async function startAndIdle(kind: ServerKind): Promise<readonly [number, number]> {
  const runs = [];
  for (let i = 0; i < 5; i++) {
    port += 2;
    const server = await startServer(kind, port);
    await new Promise((resolve) => setTimeout(resolve, 500));
    runs.push([server.startMs, server.rssMb()] as const);
    await server.stop();
  }
  return [median(runs.map(([startMs]) => startMs)), median(runs.map(([, rssMb]) => rssMb))];
}

async function main(): Promise<void> {
  if (options.soak !== undefined) return soak(Number(options.soak), port);
  const kinds = [millrace, ...(options["only-millrace"] ? [] : peers)];
  const rows: Row[] = cases.map(({ name, unit, target }) => ({
    name,
    unit,
    target,
    values: new Map(),
    p99: undefined,
  }));
  for (const kind of kinds) await measure(kind, rows);
  const best = (row: Row): number => Math.max(...peers.map(({ name }) => row.values.get(name) ?? 0));
  const model = cpus()[0]?.model.trim() ?? "unknown";
  console.log(
    `\n${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${model}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.versions.node}; server and generator share the cores; median of ${options.rounds} runs of ${seconds} s\n`,
  );
  console.log(
    `| | unit | ${kinds.map(({ name }) => name).join(" | ")} | ratio to the best peer | target | p99 ms |`,
  );
  console.log(`|---|---|${kinds.map(() => "---|").join("")}---|---|---|`);
  for (const row of rows) {
    const own = row.values.get(millrace.name);
    const ratio = own === undefined || best(row) === 0 ? "-" : `${show(own / best(row), 1)}x`;
    const figures = kinds.map(({ name }) => show(row.values.get(name), 1)).join(" | ");
    console.log(
      `| ${row.name} | ${row.unit} | ${figures} | ${ratio} | ${show(row.target)} | ${show(row.p99, 1)} |`,
    );
  }
  for (const kind of kinds) {
    const [startMs, idleMb] = await startAndIdle(kind);
    console.log(`\n${kind.name}: start to first answer ${show(startMs)} ms, idle ${show(idleMb)} MB`);
  }
  port += 2;
  const server = await startServer(millrace, port);
  const push = await measurePush(server.port, Math.max(10, seconds));
  await server.stop();
  console.log(
    `\nPut to SubscribeToShard at ${show(push.recordsPerSec)} records/s: p50 ${push.p50} ms, p99 ${push.p99} ms`,
  );
}

await main();
