import type { Command } from "commander";
import { systemClock } from "../../core/clock.ts";
import type { LogItem } from "../../server/log-item.ts";
import { usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import { AdminClient } from "../connection/admin-client.ts";
import type { ConnectionFlags } from "../connection/connection.ts";
import { addConnectionFlags } from "../connection/flags.ts";
import { type FollowOptions, follow } from "../follow.ts";
import { sinceMs } from "../since.ts";
import { logLine } from "./log-line.ts";

interface LogFlags extends ConnectionFlags {
  readonly follow?: boolean;
  readonly level: string;
  readonly since?: string;
  readonly text?: string;
  readonly json?: boolean;
}

const levels = ["debug", "info", "warn", "error"] as const;

/** `millrace logs` */
export function addLogs(program: Command, io: CommandIo): void {
  const command = program
    .command("logs")
    .description(
      "Shows the newest lines of the log (2,000 are kept); which are written, start's --log-level decides.",
    )
    .option("-f, --follow", "go on with lines as they come")
    .option("--level <level>", `from this level on: ${levels.join(", ")}`, "debug")
    .option("--since <time>", "not older than 30s, 10m, 2h, 1d, or a date such as 2026-01-31T12:00:00Z")
    .option("--text <text>", "lines that hold it, in whatever case")
    .option("--json", "one JSON object a line");
  addConnectionFlags(command).action(async (flags: LogFlags) => {
    if (!levels.some((level) => level === flags.level))
      throw usageError(`--level ${JSON.stringify(flags.level)} must be one of ${levels.join(", ")}.`);
    const since = flags.since === undefined ? 0 : sinceMs(flags.since, systemClock.now());
    const client = new AdminClient(await io.connection(flags));
    const query = new URLSearchParams({
      level: flags.level,
      ...(flags.text === undefined ? {} : { text: flags.text }),
    });
    const options: FollowOptions = {
      path: "logs",
      query,
      follows: flags.follow === true,
      signal: io.interruption(),
    };
    for await (const item of follow<LogItem & { readonly n: number }>(client, options, (missed) =>
      io.note(`${missed} lines are gone already.`),
    ))
      if (item.at >= since) print(item, flags, io);
  });
}

function print(item: LogItem, { json }: LogFlags, io: CommandIo): void {
  if (json) {
    const { at, level, message, fields } = item;
    io.printJson({ at: new Date(at).toISOString(), level, message, ...fields });
  } else io.print(logLine(item, io));
}
