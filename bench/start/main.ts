/**
 * Start and idle: from the start of the process to its ready line, resident memory when nothing happens. The package
 * is measured as `npm run build` has left it.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { serviceTargets } from "../../packages/millrace/src/server/service-targets.ts";

const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "10" }, "idle-seconds": { type: "string", default: "5" } },
});
const rounds = Number(options.rounds);
const idleMs = Number(options["idle-seconds"]) * 1_000;
const root = join(import.meta.dirname, "../..");

/** A call that changes nothing, of each service. */
const calls: Readonly<Record<string, string>> = {
  cloudwatch: "ListMetrics",
  dynamodb: "ListTables",
  firehose: "ListDeliveryStreams",
  glue: "GetDatabases",
  iam: "ListUsers",
  kinesis: "ListStreams",
  "kinesis-analytics-v2": "ListApplications",
  kms: "ListKeys",
  logs: "DescribeLogGroups",
  redshift: "DescribeClusters",
  "redshift-data": "ListStatements",
  s3: "ListBuckets",
  sts: "GetCallerIdentity",
};

interface Round {
  readonly readyMs: number;
  /** CPU time until then: what a busy machine does not falsify. */
  readonly readyCpuMs: number;
  readonly idleMb: number;
  /** When each service has been called once. */
  readonly calledMb: number;
}

async function startOnce(command: readonly string[]): Promise<Round> {
  const data = mkdtempSync(join(tmpdir(), "millrace-bench-"));
  const startedMs = performance.now();
  const child = spawn(process.execPath, [...command, "--port", "0", "--redshift-port", "0", "--data", data], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  const url = await new Promise<string>((resolve) => {
    child.stdout.on("data", (text: Buffer) => {
      printed += text.toString();
      const found = /^Millrace is ready at (\S+)$/m.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const readyMs = performance.now() - startedMs;
  const readyCpuMs = cpuMs(child.pid ?? 0);
  await sleep(idleMs);
  const idleMb = residentMb(child.pid ?? 0);
  await callEach(url);
  await sleep(idleMs);
  const calledMb = residentMb(child.pid ?? 0);
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill();
  await ended;
  rmSync(data, { recursive: true, force: true });
  return { readyMs, readyCpuMs, idleMb, calledMb };
}

async function callEach(url: string): Promise<void> {
  const targets = serviceTargets();
  for (const [id, operation] of Object.entries(calls)) {
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `${targets.get(id)?.targetPrefix}.${operation}`,
      },
      body: "{}",
    });
    if (!answer.ok) throw new Error(`${id} ${operation}: ${await answer.text()}`);
  }
}

/** Linux. */
function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1_024;
}

/** Linux, whose clock ticks a hundred times a second. */
function cpuMs(pid: number): number {
  const [, , , , , , , , , , , user = "", system = ""] = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(user) + Number(system)) * 10;
}

function inProcess(): readonly number[] {
  const built = join(root, "packages/millrace/dist/index.js");
  const printed = execFileSync(process.execPath, [join(import.meta.dirname, "in-process.ts"), built], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return printed.trim().split("\n").map(Number);
}

function median(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(0);
}

const kinds = [
  ["npm start", [join(root, "scripts/start.mjs")]],
  ["the published package", [join(root, "packages/millrace/dist/cli/main.js"), "start"]],
] as const;
console.log(`${cpus().length} cores, Node ${process.versions.node}, median of ${rounds} rounds\n`);
console.log(
  "| | ready, ms | of them CPU, ms | idle, MB | each service called once, MB |\n|---|---|---|---|---|",
);
for (const [name, command] of kinds) {
  // The first start compiles, and may build the console.
  await startOnce(command);
  const all: Round[] = [];
  for (let round = 0; round < rounds; round++) all.push(await startOnce(command));
  const figures = [
    ...[all.map((r) => r.readyMs), all.map((r) => r.readyCpuMs)],
    ...[all.map((r) => r.idleMb), all.map((r) => r.calledMb)],
  ];
  console.log(`| ${[name, ...figures.map(median)].join(" | ")} |`);
}
const embedded = Array.from({ length: rounds }, inProcess);
const column = (at: number): string => median(embedded.map((figures) => figures[at] ?? Number.NaN));
console.log("\n| in a process | ms |\n|---|---|");
console.log(`| import of millrace | ${column(0)} |`);
console.log(`| createMillrace(), the first | ${column(1)} |`);
console.log(`| createMillrace(), another one | ${column(2)} |`);
