import type { Command } from "commander";
import { usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import type { Connection, ConnectionFlags } from "../connection/connection.ts";
import { addConnectionFlags } from "../connection/flags.ts";
import { keysFor } from "../connection/keys.ts";
import { environmentLines, likelyShell, shellNames, usageOf, type Variables } from "./shells.ts";

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

/** Variables that other sources of keys are found by; some SDKs look there first. */
const stale = [
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_SESSION_TOKEN",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
] as const;
const set = [
  "AWS_ENDPOINT_URL",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
] as const;

/** What points AWS's tools at Millrace, and takes away what would lead them elsewhere. */
export function variablesFor(
  { url, region, credentials }: Pick<Connection, "url" | "region" | "credentials">,
  environment: Readonly<Record<string, string | undefined>>,
): Variables {
  const variables: Record<string, string | undefined> = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
  for (const name of stale) if (environment[name] !== undefined) variables[name] = undefined;
  if (credentials.sessionToken !== undefined) variables["AWS_SESSION_TOKEN"] = credentials.sessionToken;
  return variables;
}

function unsetVariables(): Variables {
  return Object.fromEntries([...set, "AWS_SESSION_TOKEN"].map((name) => [name, undefined]));
}
