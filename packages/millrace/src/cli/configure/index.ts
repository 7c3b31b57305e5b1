import { randomUUID } from "node:crypto";
import { lstat, mkdir, realpath, rename, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Command } from "commander";
import { CommandError, usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import { ownProfile } from "../connection/credentials.ts";
import { keysFor } from "../connection/keys.ts";
import { type AwsFiles, awsFiles, textOf } from "../connection/profiles.ts";
import { withoutSettings, withSettings } from "./profile-file.ts";

interface ConfigureFlags {
  readonly profile: string;
  readonly url?: string;
  readonly data?: string;
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly remove?: boolean;
}

/** `millrace configure` */
export function addConfigure(program: Command, io: CommandIo): void {
  program
    .command("configure")
    .description(
      "Writes a profile into ~/.aws, so that AWS's tools reach Millrace with --profile millrace. What else is in the files stays as it is.",
    )
    .option("--profile <name>", "its name", ownProfile)
    .option("--url <url>", "address of Millrace; found as other commands find it when not given")
    .option("--data <directory>", "the instance that runs on this data directory")
    .option("--region <region>", "AWS_REGION or us-east-1 when not given")
    .option("--access-key-id <id>", "key for auth verify; test when not given")
    .option("--secret-access-key <secret>", "its secret; read from standard input when not given")
    .option("--remove", "take the profile away again")
    .action(async (flags: ConfigureFlags) => {
      if (!/^[\w.@/+-]{1,128}$/.test(flags.profile))
        throw usageError(
          `--profile ${JSON.stringify(flags.profile)} is no name for a profile. Use letters, digits and -._@/+.`,
        );
      const files = awsFiles(io.environment);
      if (flags.remove) await remove(flags.profile, files, io);
      else await write(flags, files, io);
    });
}

const configKeys = ["region", "endpoint_url"] as const;
const credentialKeys = ["aws_access_key_id", "aws_secret_access_key"] as const;

async function write(flags: ConfigureFlags, files: AwsFiles, io: CommandIo): Promise<void> {
  const { url, data, region: askedRegion } = flags;
  const connection = await io.connection({ url, data, region: askedRegion });
  const keys = await keysOf(flags, io);
  const { accessKeyId, secretAccessKey } = keys ?? (await keysFor(connection, {}, io.environment));
  const config = await change(files.config, 0o644, (text) =>
    withSettings(text, sectionOf(flags.profile), { region: connection.region, endpoint_url: connection.url }),
  );
  const credentials = await change(files.credentials, 0o600, (text) =>
    withSettings(text, flags.profile, {
      aws_access_key_id: accessKeyId,
      aws_secret_access_key: secretAccessKey,
    }),
  );
  io.print(`Profile ${flags.profile}: ${connection.url}, ${connection.region}, access key ${accessKeyId}.`);
  for (const [path, changed] of [
    [files.config, config],
    [files.credentials, credentials],
  ] as const)
    io.print(`  ${changed ? "wrote" : "nothing to change in"} ${path}`);
  io.print(`Use it: aws --profile ${flags.profile} kinesis list-streams`);
}

async function remove(profile: string, files: AwsFiles, io: CommandIo): Promise<void> {
  const config = await change(files.config, 0o644, (text) =>
    withoutSettings(text, sectionOf(profile), configKeys),
  );
  const credentials = await change(files.credentials, 0o600, (text) =>
    withoutSettings(text, profile, credentialKeys),
  );
  if (config || credentials) io.print(`Profile ${profile} is removed.`);
  else io.print(`There is no profile ${profile} that "millrace configure" could have written.`);
}

function sectionOf(profile: string): string {
  return profile === "default" ? profile : `profile ${profile}`;
}

async function keysOf(
  { accessKeyId, secretAccessKey }: ConfigureFlags,
  io: CommandIo,
): Promise<{ readonly accessKeyId: string; readonly secretAccessKey: string } | undefined> {
  if (accessKeyId === undefined) {
    if (secretAccessKey !== undefined)
      throw usageError("--secret-access-key needs --access-key-id. Give both.");
    return undefined;
  }
  const secret = secretAccessKey ?? (await secretFrom(io));
  if (/\s/.test(secret) || secret === "" || /\s/.test(accessKeyId))
    throw usageError(
      "The access key and its secret must be one word each. Give them as Millrace has shown them.",
    );
  return { accessKeyId, secretAccessKey: secret };
}

async function secretFrom(io: CommandIo): Promise<string> {
  if (io.isInteractive) io.stdout.write("Secret access key: ");
  const { createInterface } = await import("node:readline");
  const reader = createInterface({ input: io.stdin });
  try {
    for await (const line of reader) return line.trim();
    throw usageError("The secret is missing. Give it with --secret-access-key, or on standard input.");
  } finally {
    reader.close();
  }
}

/** Changes a file as a whole, or not at all; answers whether there was anything to change. */
async function change(path: string, mode: number, edit: (text: string) => string): Promise<boolean> {
  const before = await textOf(path);
  const after = edit(before);
  if (after === before) return false;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // A link to where the files are really kept stays a link.
    const target = (await isThere(path)) ? await realpath(path) : path;
    const unfinished = `${target}.${randomUUID()}`;
    await writeFile(unfinished, after, { mode: await modeOf(target, mode) });
    await rename(unfinished, target);
  } catch (error) {
    throw new CommandError(
      `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}. Check its permissions, or name another file with AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE.`,
      undefined,
      { cause: error },
    );
  }
  return true;
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

async function modeOf(path: string, fallback: number): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? fallback : found.mode & 0o777;
}
