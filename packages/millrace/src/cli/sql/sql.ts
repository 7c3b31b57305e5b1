import { readFile } from "node:fs/promises";
import { messageOf } from "../../core/errors.ts";
import { AwsCaller } from "../aws-call/aws-caller.ts";
import { CommandError, exitCodes, usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import type { ConnectionFlags } from "../connection/connection.ts";
import { runScript } from "./backslash.ts";
import type { ResultForm } from "./result-sinks.ts";
import { SqlSession } from "./session.ts";
import { sqlShell } from "./shell.ts";
import { findWarehouse } from "./warehouse-client.ts";

export interface SqlFlags extends ConnectionFlags {
  readonly command?: string;
  readonly file?: string;
  readonly csv?: true;
  readonly json?: true;
  readonly expanded?: true;
  readonly cluster?: string;
  readonly database?: string;
  readonly user?: string;
  readonly password?: string;
}

/** A shell on the warehouse, or one run of given statements. @throws CommandError when a statement fails */
export async function sql(statement: string | undefined, flags: SqlFlags, io: CommandIo): Promise<void> {
  const text = await scriptOf(statement, flags, io);
  const connection = await io.connection(flags);
  const password = flags.password ?? io.environment["PGPASSWORD"];
  const session = new SqlSession(
    io,
    () =>
      findWarehouse(new AwsCaller(connection, "millrace-sql"), {
        ...flags,
        ...(password === undefined ? {} : { password }),
      }),
    { form: formOf(flags), showsTiming: io.isTerminal, showsSummary: io.isTerminal },
  );
  try {
    if (text === undefined) await sqlShell(session, io);
    else await runOnce(text, session, io);
  } finally {
    await session.close();
  }
}

/** The statements to run; undefined for a shell. */
async function scriptOf(
  statement: string | undefined,
  flags: SqlFlags,
  io: CommandIo,
): Promise<string | undefined> {
  const given = [statement, flags.command, flags.file].filter((text) => text !== undefined);
  if (given.length > 1) throw usageError("Give a statement, -c or -f, and only one of them.");
  if (flags.file !== undefined && flags.file !== "-")
    return readFile(flags.file, "utf8").catch((error: unknown) => {
      throw usageError(`${flags.file} cannot be read: ${messageOf(error)}.`);
    });
  const text = statement ?? flags.command;
  if (text !== undefined) return text;
  if (flags.file === undefined && io.isInteractive) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function formOf(flags: SqlFlags): ResultForm {
  const forms = (["csv", "json", "expanded"] as const).filter((form) => flags[form] === true);
  if (forms.length > 1) throw usageError(`--${forms.join(" and --")} exclude each other.`);
  return forms[0] ?? "table";
}

async function runOnce(text: string, session: SqlSession, io: CommandIo): Promise<void> {
  const signal = io.interruption();
  signal.addEventListener("abort", () => session.cancel(), { once: true });
  const outcome = await runScript(text, session, io);
  if (signal.aborted) throw new CommandError("Interrupted.", exitCodes.interrupted);
  if (outcome === "failed") throw new CommandError("A statement failed. What follows it was not run.");
}
