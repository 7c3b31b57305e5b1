import type { Command } from "commander";
import type { CommandIo } from "../command-io.ts";
import { AdminClient } from "../connection/admin-client.ts";
import type { ConnectionFlags } from "../connection/connection.ts";
import { addConnectionFlags } from "../connection/flags.ts";
import { type MillraceStatus, readStatus } from "../connection/status.ts";
import { quantity } from "../progress.ts";
import { age, alignedRows } from "../tables.ts";

interface StatusFlags extends ConnectionFlags {
  readonly json?: boolean;
}

/** `millrace status` */
export function addStatus(program: Command, io: CommandIo): void {
  const command = program
    .command("status")
    .description("Shows the Millrace that runs: where, since when, with what.")
    .option("--json", "everything that GET /_millrace/status answers");
  addConnectionFlags(command).action(async (flags: StatusFlags) => {
    const connection = await io.connection(flags);
    const status = await readStatus(new AdminClient(connection));
    if (flags.json) io.printJson(status);
    else for (const line of statusLines(status, io)) io.print(line);
  });
}

/** What a person is told. */
export function statusLines(status: MillraceStatus, io: Pick<CommandIo, "style">): readonly string[] {
  const { version, uptimeMs, endpoints, auth, account, caller, data, memory, durability, node, pid } = status;
  const sql = endpoints.sql;
  const running = Object.entries(status.services)
    .filter(([, state]) => state === "running")
    .map(([id]) => id);
  const rows = [
    ["Millrace", `${version}, up ${age(uptimeMs)}`],
    ["AWS APIs", endpoints.http],
    ...(sql === undefined ? [] : [["Redshift", `${sql.host}:${sql.port}`]]),
    ["Console", status.console],
    ["Auth", auth === "verify" ? `verify, you are ${caller.principal}` : `trust, account ${account}`],
    ...(data === undefined ? [] : [["Data", dataText(data, durability)]]),
    ...(memory === undefined
      ? []
      : [["Process", `${pid}, Node ${node}, ${quantity(memory.rssBytes, "bytes")}`]]),
    [
      "Services",
      `${running.length} of ${Object.keys(status.services).length} started${running.length === 0 ? "" : `: ${running.join(", ")}`}`,
    ],
  ];
  const [first = "", ...others] = alignedRows(rows).map((line, index) => {
    const label = rows[index]?.[0] ?? "";
    return io.style(index === 0 ? "bold" : "dim", label) + line.slice(label.length);
  });
  return [first, ...others];
}

function dataText(data: NonNullable<MillraceStatus["data"]>, durability: string): string {
  if (!data.isKept) return "in memory, gone at the end";
  const sizes = [
    ...(data.usedBytes === undefined ? [] : [`${quantity(data.usedBytes, "bytes")} used`]),
    ...(data.freeBytes === undefined ? [] : [`${quantity(data.freeBytes, "bytes")} free`]),
  ];
  return [data.path ?? "", durability, ...sizes].join(", ");
}
