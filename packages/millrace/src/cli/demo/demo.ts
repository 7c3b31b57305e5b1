import { AwsCaller } from "../aws-call/aws-caller.ts";
import { CommandError, exitCodes, usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import { defaultUrl } from "../connection/connection.ts";
import { type Check, holds } from "./checks.ts";
import { createFlightStream, createResources, createRole } from "./create-resources.ts";
import { startApplication } from "./delays-application.ts";
import type { DemoParts } from "./demo-parts.ts";
import type { Finding } from "./findings.ts";
import { cachedFlightFile } from "./flight-cache.ts";
import { installedFlightFile } from "./flight-file.ts";
import { flightsInFile } from "./flights-in-file.ts";
import { type DemoPlace, openPlace } from "./place.ts";
import { runThrough } from "./run-through.ts";
import { count, StepLines } from "./step-lines.ts";
import { prepareCluster } from "./warehouse-cluster.ts";

export interface DemoFlags {
  readonly flights: string;
  readonly data: string;
  readonly port?: string;
  readonly url?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly exit?: true;
  readonly json?: true;
}

const minFlights = 10_000;
const labelCells = 24;

/** Runs the demo. @throws CommandError when a step fails, or when the numbers do not agree */
export async function demo(flags: DemoFlags, io: CommandIo): Promise<void> {
  const flights = wholeNumber(flags.flights);
  const signal = io.interruption();
  const isQuiet = flags.json === true;
  const steps = new StepLines(io, isQuiet);
  const startedMs = performance.now();
  if (!isQuiet)
    io.print(
      `\n  ${io.style("bold", "Millrace")}  ${count(flights)} flights on their way into a warehouse\n`,
    );
  const path = (await installedFlightFile(process.cwd())) ?? (await cachedFlightFile(io));
  let place: DemoPlace | undefined;
  try {
    place = await steps.step("Started", "starting Millrace", async () => {
      const value = await openPlace({ ...flags, directory: flags.data, data: undefined }, io);
      return { text: value.text, value };
    });
    const parts = await prepare(place, { io, steps, signal, flights, path });
    const { findings, checks } = await runThrough(parts);
    const seconds = (performance.now() - startedMs) / 1000;
    if (isQuiet)
      io.printJson({ flights, url: place.connection.url, seconds, steps: steps.done, findings, checks });
    else show(steps, io, findings, checks, seconds);
    if (!checks.every(holds))
      throw new CommandError(
        "The numbers do not agree: flights were lost, or are there twice. Tell whoever maintains Millrace.",
      );
    if (!isQuiet && !(place.isOwn && flags.exit)) await stay(place, parts, io);
  } catch (error) {
    if (signal.aborted) throw new CommandError("The demo was interrupted.", exitCodes.interrupted);
    throw error;
  } finally {
    await place?.close();
  }
}

type Prepared = Omit<DemoParts, "aws" | "account" | "names" | "roleArn">;

async function prepare(place: DemoPlace, given: Prepared): Promise<DemoParts> {
  const aws = new AwsCaller(place.connection, "millrace-demo");
  return given.steps.step("Created", "creating streams, bucket, delivery stream, application", async () => {
    const { Account: account } = await aws.call<{ readonly Account: string }>("sts", "GetCallerIdentity", {});
    const roleArn = await createRole({ aws });
    const names = await createFlightStream({ aws });
    const value: DemoParts = { ...given, aws, account, roleArn, names };
    await prepareCluster(value);
    await createResources(value);
    await startApplication(value);
    return { text: "streams, bucket, delivery stream, Flink SQL application", value };
  });
}

function show(
  steps: StepLines,
  io: CommandIo,
  findings: readonly Finding[],
  checks: readonly Check[],
  seconds: number,
): void {
  steps.heading("What the flights say");
  for (const { what, answer } of findings) steps.line(`  ${what.padEnd(labelCells)} ${answer}`);
  steps.heading("What must agree");
  const widest = Math.max(...checks.map(({ what }) => what.length));
  for (const check of checks) {
    const mark = holds(check) ? io.style("green", "=") : io.style("red", "≠");
    steps.line(
      `  ${check.what.padEnd(widest)} ${count(check.expected).padStart(12)} ${mark} ${count(check.found)}`,
    );
  }
  steps.line();
  steps.line(`${io.style("bold", `Done in ${seconds.toFixed(0)} s.`)}`);
}

/** Says where to look around, and serves on if this process does. */
async function stay({ connection, isOwn }: DemoPlace, { names }: DemoParts, io: CommandIo): Promise<void> {
  const { url } = connection;
  const here = url === defaultUrl ? "" : ` --url ${url}`;
  io.print(`  Look around  ${io.style("cyan", `${url}/_millrace/console/`)}`);
  io.print(
    `  Ask it       ${io.style("cyan", `millrace sql${here} "select * from ${names.schema}.flights limit 5"`)}`,
  );
  if (!isOwn) return;
  io.print("  Ctrl-C ends Millrace.");
  const signal = io.interruption();
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}

function wholeNumber(text: string): number {
  const value = /^\d{1,9}$/.test(text.replaceAll(/[,_]/g, ""))
    ? Number(text.replaceAll(/[,_]/g, ""))
    : Number.NaN;
  if (value >= minFlights && value <= flightsInFile) return value;
  throw usageError(
    `--flights ${text} must be a whole number from ${count(minFlights)} to ${count(flightsInFile)}.`,
  );
}
