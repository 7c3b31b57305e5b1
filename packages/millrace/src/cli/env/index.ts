import type { Command } from "commander";
import { usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import type { ConnectionFlags } from "../connection/connection.ts";
import { addConnectionFlags } from "../connection/flags.ts";
import { keysFor } from "../connection/keys.ts";
import { environmentLines, likelyShell, shellNames, usageOf, type Variables } from "./shells.ts";
import { unsetVariables, variablesFor } from "./variables.ts";

interface EnvFlags extends ConnectionFlags {
  readonly shell?: string;
  readonly unset?: boolean;
  readonly account?: string;
}

/** `millrace env` */
export function addEnv(program: Command, io: CommandIo): void {
  const command = program
    .command("env")
    .description(
      'Prints what sets the shell up for Millrace: eval "$(millrace env)". AWS SDKs, the AWS CLI and Terraform then use it.',
    )
    .option("--shell <name>", `${shellNames.join(", ")}; the one that runs when not given`)
    .option("--account <id>", "keys of this account, where every key is taken")
    .option("--unset", "print what takes the variables away again");
  addConnectionFlags(command).action(async (flags: EnvFlags) => {
    const shell = flags.shell ?? likelyShell(io.environment, process.platform);
    const variables = flags.unset ? unsetVariables() : await wantedVariables(flags, io);
    for (const line of environmentLines(variables, shell)) io.print(line);
    const usage = usageOf(shell);
    if (io.isTerminal && usage !== undefined)
      io.note(io.noteStyle("dim", `# Let the shell take it: ${usage}`));
  });
}

async function wantedVariables(flags: EnvFlags, io: CommandIo): Promise<Variables> {
  if (flags.account !== undefined && !/^\d{12}$/.test(flags.account))
    throw usageError(`--account ${JSON.stringify(flags.account)} must be 12 digits.`);
  const connection = await io.connection(flags);
  const credentials = await keysFor(connection, flags, io.environment);
  return variablesFor({ ...connection, credentials }, io.environment);
}
