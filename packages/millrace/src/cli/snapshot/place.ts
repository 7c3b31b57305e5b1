import { existsSync } from "node:fs";
import { loadConfiguration } from "../../server/configuration.ts";
import { readRunFile } from "../../server/run-file.ts";
import { CommandError, usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import type { Connection } from "../connection/connection.ts";
import { isReady } from "../wait/ready.ts";
import type { SnapshotFlags } from "./flags.ts";

/** Whose state it is about. */
export type SnapshotPlace =
  | { readonly kind: "online"; readonly connection: Connection }
  | {
      readonly kind: "offline";
      readonly directory: string;
      readonly masterKey: string | undefined;
      readonly account: string;
    };

/** A Millrace that runs, if there is one; else the data directory that one would have. */
export async function snapshotPlace(
  flags: SnapshotFlags,
  io: CommandIo,
  mustExist: boolean,
): Promise<SnapshotPlace> {
  if (flags.offline && flags.url !== undefined)
    throw usageError("--offline and --url exclude each other. Leave one out.");
  if (!flags.offline && (flags.data === undefined || (await readRunFile(flags.data)) !== undefined)) {
    const connection = await io.connection(flags);
    if (connection.isExplicit || (await isReady(connection.url))) return { kind: "online", connection };
  }
  const args = [
    ...(flags.data === undefined ? [] : ["--data", flags.data]),
    ...(flags.masterKey === undefined ? [] : ["--master-key", flags.masterKey]),
  ];
  const { configuration } = await loadConfiguration({
    args,
    environment: io.environment,
    folder: process.cwd(),
    file: undefined,
  });
  const { data, masterKey, account } = configuration;
  const running = await readRunFile(data);
  if (running !== undefined)
    throw new CommandError(
      `A Millrace runs on ${data}, at ${running.url}. Leave --offline out, or stop it first.`,
    );
  if (mustExist && !existsSync(data))
    throw new CommandError(
      `No Millrace runs here, and there is no data directory ${data}. Say where it is with --url or --data.`,
    );
  return { kind: "offline", directory: data, masterKey, account };
}
