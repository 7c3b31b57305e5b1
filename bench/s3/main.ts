/** Objects: Millrace beside s3rver and, where it is installed, MinIO. */
import { spawn } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { millrace, type RunningServer, type ServerKind, startServer } from "../server.ts";
import { credential, installedPeers, secretOf } from "./peers.ts";

const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
    keys: { type: "string", default: "1000000" },
    "only-millrace": { type: "boolean", default: false },
    case: { type: "string" },
    port: { type: "string", default: "4800" },
  },
});
let port = Number(options.port);

interface Case {
  readonly name: string;
  readonly unit: "MB/s" | "requests/s";
  readonly args: readonly string[];
  /** Keys written before the run. */
  readonly fill?: number;
  readonly millraceOnly?: true;
}
interface Result {
  readonly requestsPerSec: number;
  readonly MBps: number;
  readonly p50: number;
  readonly p99: number;
}

const cases: readonly Case[] = [
  { name: "PUT 1 MiB, 8 connections", unit: "MB/s", args: ["--op", "put"] },
  { name: "GET 1 MiB, 8 connections", unit: "MB/s", args: ["--op", "get"] },
  {
    name: "GET 1 GiB, 1 connection",
    unit: "MB/s",
    args: ["--op", "get", "--size", "1073741824", "--keys", "1", "--connections", "1", "--seconds", "8"],
  },
  {
    name: "PUT 4 KiB, 16 connections",
    unit: "requests/s",
    args: ["--op", "put", "--size", "4096", "--keys", "1000000", "--connections", "16"],
  },
  {
    name: "GET 4 KiB, 16 connections",
    unit: "requests/s",
    args: ["--op", "get", "--size", "4096", "--keys", "1000", "--connections", "16"],
  },
  {
    name: "list 20,000 keys, pages of 1,000",
    unit: "requests/s",
    args: ["--op", "list", "--connections", "1"],
    fill: 20_000,
  },
  {
    name: `list ${Number(options.keys).toLocaleString("en-US")} keys, pages of 1,000`,
    unit: "requests/s",
    args: ["--op", "list", "--connections", "1"],
    fill: Number(options.keys),
    millraceOnly: true,
  },
].filter((one) => options.case === undefined || one.name.includes(options.case)) as readonly Case[];

function load(kind: ServerKind, server: RunningServer, args: readonly string[]): Promise<Result> {
  const target = ["--port", `${server.port}`, "--key", credential.key, "--secret", secretOf(kind)];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, "load.ts"), ...target, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.once("close", (code) => {
      if (code === 0) resolve(JSON.parse(output));
      else reject(new Error(`the load generator ended with code ${code}`));
    });
  });
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const show = (value: number, digits = 0): string =>
  Number.isNaN(value) ? "-" : value.toLocaleString("en-US", { maximumFractionDigits: digits });

async function measure(kind: ServerKind, one: Case): Promise<Result | undefined> {
  const results: Result[] = [];
  const rounds = one.fill === undefined ? Number(options.rounds) : 1;
  for (let round = 0; round < rounds; round++) {
    port += 1;
    const server = await startServer(kind, port);
    try {
      if (one.fill !== undefined) {
        const fill = ["--op", "fill", "--size", "16", "--keys", `${one.fill}`, "--connections", "32"];
        await load(kind, server, [...fill, "--warmup", "0"]);
      }
      results.push(await load(kind, server, ["--seconds", options.seconds, ...one.args]));
    } catch (error) {
      console.error(`${kind.name}: ${one.name}: ${String(error)}`);
    } finally {
      await server.stop();
    }
  }
  if (results.length === 0) return undefined;
  const middle = (of: (result: Result) => number): number => median(results.map(of));
  const result = {
    requestsPerSec: middle((each) => each.requestsPerSec),
    MBps: middle((each) => each.MBps),
    p50: middle((each) => each.p50),
    p99: middle((each) => each.p99),
  };
  console.error(
    `${kind.name}: ${one.name}: ${show(result.MBps)} MB/s, ${show(result.requestsPerSec)}/s, p50 ${show(result.p50, 2)}, p99 ${show(result.p99, 2)} ms`,
  );
  return result;
}

const kinds = [millrace, ...(options["only-millrace"] ? [] : installedPeers())];
const lines: string[] = [];
for (const one of cases) {
  const figures: number[] = [];
  let own: Result | undefined;
  for (const kind of kinds) {
    const result = one.millraceOnly && kind !== millrace ? undefined : await measure(kind, one);
    if (kind === millrace) own = result;
    figures.push((one.unit === "MB/s" ? result?.MBps : result?.requestsPerSec) ?? Number.NaN);
  }
  const [mine = Number.NaN, ...others] = figures;
  const ratios = others.map((other) => (Number.isNaN(other) ? "-" : `${show(mine / other, 1)}x`));
  lines.push(
    `| ${one.name} | ${one.unit} | ${figures.map((figure) => show(figure)).join(" | ")} | ${[...ratios, show(own?.p99 ?? Number.NaN, 1)].join(" | ")} |`,
  );
}
const model = cpus()[0]?.model.trim() ?? "unknown";
console.log(
  `\n${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${model}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.versions.node}; server and generator share the cores; median of ${options.rounds} runs of ${options.seconds} s\n`,
);
const peerNames = kinds.slice(1).map(({ name }) => name);
console.log(
  `| | unit | ${kinds.map(({ name }) => name).join(" | ")} | ${[...peerNames.map((name) => `to ${name}`), "p99 ms"].join(" | ")} |`,
);
console.log(`|---|---|${kinds.map(() => "---|").join("")}${peerNames.map(() => "---|").join("")}---|`);
for (const line of lines) console.log(line);
