import { mkdir, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { DirectoryLock } from "../../core/directory-lock.ts";
import { readConfiguration } from "../../server/configuration.ts";
import { startMillrace } from "../../server/millrace.ts";
import { CommandError, usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import type { Connection, ConnectionFlags } from "../connection/connection.ts";
import { logOutput } from "../logs/log-output.ts";

export interface PlaceFlags extends ConnectionFlags {
  readonly port?: string | undefined;
  readonly directory: string;
}

/** The Millrace that the demo runs on. */
export interface DemoPlace {
  readonly connection: Connection;
  /** Whether this process runs it. */
  readonly isOwn: boolean;
  /** What is said of it. */
  readonly text: string;
  close(): Promise<void>;
}

const usualPort = 4566;
const host = "127.0.0.1";
const demoMarker = "this-is-a-demo";

/** A running Millrace where `--url` names one; else one in this process, on an empty data directory of its own. */
export async function openPlace(flags: PlaceFlags, io: CommandIo): Promise<DemoPlace> {
  if (flags.url !== undefined) {
    const connection = await io.connection(flags);
    return { connection, isOwn: false, text: `Millrace at ${connection.url}`, async close() {} };
  }
  const directory = resolve(flags.directory);
  await emptyDirectory(directory, flags.directory);
  const port = flags.port ?? ((await isFree(usualPort)) ? `${usualPort}` : "0");
  const settings = {
    port,
    host,
    data: directory,
    auth: "trust",
    limits: "off",
    "log-level": "error",
    // Who wants any free port wants that for SQL, too.
    ...(flags.port === "0" ? { "redshift-port": "0" } : {}),
  };
  const millrace = await startMillrace(
    readConfiguration(
      Object.entries(settings).flatMap(([flag, value]) => [`--${flag}`, value]),
      {},
    ),
    { logOutput: logOutput(io) },
  );
  const connection: Connection = {
    url: millrace.url,
    source: "this demo",
    isExplicit: true,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    sql: millrace.sql,
  };
  const text = `Millrace at ${millrace.url}, data in ${flags.directory}`;
  return { connection, isOwn: true, text, close: () => millrace.close() };
}

/** Takes away what the last demo left. A directory that is no demo's stays as it is. */
async function emptyDirectory(directory: string, shown: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const names = await readdir(directory);
  if (names.length > 0 && !names.includes(demoMarker))
    throw usageError(`${shown} has other data than a demo's. Name another directory with --data.`);
  try {
    // Nobody may be running on what is taken away.
    new DirectoryLock(directory)[Symbol.dispose]();
  } catch (error) {
    throw new CommandError(
      `A demo runs on ${shown} already. End it, or name another directory with --data.`,
      undefined,
      { cause: error },
    );
  }
  for (const name of names) if (name !== demoMarker) await rm(join(directory, name), { recursive: true });
  await mkdir(join(directory, demoMarker), { recursive: true });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer();
    server.once("error", () => answer(false));
    server.listen(port, host, () => server.close(() => answer(true)));
  });
}
