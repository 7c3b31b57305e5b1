import type { Command } from "commander";
import type { CommandIo } from "../command-io.ts";
import { AdminClient } from "../connection/admin-client.ts";
import type { ConnectionFlags } from "../connection/connection.ts";
import { addConnectionFlags } from "../connection/flags.ts";
import { follow } from "../follow.ts";
import { requestLine, type ShownRequest } from "../start/request-line.ts";
import { alignedRows } from "../tables.ts";
import { visible } from "../visible.ts";

interface RequestFlags extends ConnectionFlags {
  readonly service?: string;
  readonly operation?: string;
  readonly code?: string;
  readonly principal?: string;
  readonly resource?: string;
  readonly all?: boolean;
  readonly follow: boolean;
  readonly unsupported?: boolean;
  readonly json?: boolean;
}

const filters = ["service", "operation", "code", "principal", "resource"] as const;

/** `millrace requests` */
export function addRequests(program: Command, io: CommandIo): void {
  const command = program
    .command("requests")
    .description("Shows calls of AWS's APIs as they come, with what became of them.")
    .option("--service <text>", "calls of a service whose id holds it: kinesis")
    .option("--operation <text>", "calls of operations whose name holds it: PutRecord")
    .option("--code <text>", "calls with this outcome: OK, ResourceNotFoundException")
    .option("--principal <text>", "calls of callers whose ARN holds it")
    .option("--resource <text>", "calls about resources whose ARN holds it")
    .option("--all", "begin with the calls that are remembered: the newest 2,000")
    .option("--no-follow", "end with what is remembered")
    .option("--unsupported", "calls that Millrace does not know instead, and how often they came")
    .option("--json", "one JSON object a line");
  addConnectionFlags(command).action(async (flags: RequestFlags) => {
    const client = new AdminClient(await io.connection(flags));
    await (flags.unsupported ? showUnsupported(client, flags, io) : showRequests(client, flags, io));
  });
}

async function showRequests(client: AdminClient, flags: RequestFlags, io: CommandIo): Promise<void> {
  const query = new URLSearchParams();
  for (const name of filters) {
    const text = flags[name];
    if (text !== undefined) query.set(name, text);
  }
  const options = {
    ...{ path: "requests", query, follows: flags.follow, signal: io.interruption() },
    fromNow: flags.follow && flags.all !== true,
  };
  const missed = (count: number): void => io.note(`${count} requests came too fast to be shown.`);
  for await (const request of follow<ShownRequest>(client, options, missed)) {
    if (flags.json) io.printJson(request);
    else io.print(requestLine(request, io.isTerminal ? io.columns : Number.POSITIVE_INFINITY, io));
  }
}

interface UnsupportedCall {
  readonly service: string;
  readonly operation: string;
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly lastAt: number;
  readonly userAgent: string;
}

async function showUnsupported(client: AdminClient, { json }: RequestFlags, io: CommandIo): Promise<void> {
  const { items } = await client.get<{ readonly items: readonly UnsupportedCall[] }>("unsupported");
  if (json) {
    for (const item of items) io.printJson(item);
    return;
  }
  if (items.length === 0) io.print("Nobody has called what Millrace does not have.");
  const rows = items.map(({ service, operation, count, lastAt, userAgent }) => [
    `${service} ${operation}`,
    `${count}`,
    new Date(lastAt).toISOString(),
    visible(userAgent.split(" ")[0] ?? ""),
  ]);
  if (rows.length > 0)
    for (const line of alignedRows([["Operation", "Calls", "Last", "Client"], ...rows])) io.print(line);
}
