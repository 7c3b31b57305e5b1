import { createWriteStream, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { systemClock } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import { CommandError, exitCodes } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import { AdminClient } from "../connection/admin-client.ts";
import type { Connection } from "../connection/connection.ts";
import { quantity } from "../progress.ts";
import type { SnapshotFlags } from "./flags.ts";
import { snapshotPlace } from "./place.ts";

/** Saves the state into a new file. */
export async function save(named: string | undefined, flags: SnapshotFlags, io: CommandIo): Promise<void> {
  const at = new Date(systemClock.now()).toISOString().slice(0, 19).replaceAll(":", "-");
  const file = resolve(named ?? `millrace-${at}.tar.zst`);
  if (existsSync(file))
    throw new CommandError(`${file} exists already. Name another file, or remove it first.`, exitCodes.usage);
  const place = await snapshotPlace(flags, io, true);
  const bytes =
    place.kind === "online"
      ? await saveOnline(place.connection, file, io)
      : await saveOffline(place, file, io);
  const of = place.kind === "online" ? place.connection.url : place.directory;
  io.print(
    `Saved the state of ${of} in ${file}${bytes === undefined ? "" : `, ${quantity(bytes, "bytes")}`}.`,
  );
}

async function saveOnline(connection: Connection, file: string, io: CommandIo): Promise<number> {
  const signal = io.interruption();
  const waiting = await io.progress({ label: "Millrace puts it together", unit: "bytes" });
  let response: Response;
  try {
    response = await new AdminClient(connection).request("GET", "snapshot", { signal });
  } finally {
    waiting.stop();
  }
  const length = response.headers.get("content-length");
  const total = length === null ? undefined : Number(length);
  const progress = await io.progress({ label: "Saving", total, unit: "bytes" });
  const unfinished = `${file}.part`;
  try {
    const done = await receive(response, unfinished, { signal, onBytes: (bytes) => progress.update(bytes) });
    if (total !== undefined && done !== total)
      throw new CommandError(`The snapshot ended after ${done} of ${total} bytes. Try again.`);
    await rename(unfinished, file);
    return done;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    progress.stop();
  }
}

/** Writes an answer's body into a file, and answers how long it is. */
async function receive(
  { body }: Response,
  path: string,
  { signal, onBytes }: { readonly signal: AbortSignal; readonly onBytes: (bytes: number) => void },
): Promise<number> {
  if (body === null) throw new CommandError("Millrace sent no snapshot. Try again.");
  let done = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, next) {
      done += chunk.length;
      onBytes(done);
      next(null, chunk);
    },
  });
  const file = createWriteStream(path, { mode: 0o600 });
  await pipeline(Readable.fromWeb(body as ReadableStream<Uint8Array>), count, file, { signal });
  return done;
}

interface OfflinePlace {
  readonly directory: string;
  readonly masterKey: string | undefined;
  readonly account: string;
}

async function saveOffline(
  { directory, masterKey, account }: OfflinePlace,
  file: string,
  io: CommandIo,
): Promise<undefined> {
  const { saveSnapshot, SnapshotError } = await import("../../server/snapshot/index.ts");
  const progress = await io.progress({ label: "Saving", unit: "bytes" });
  try {
    await saveSnapshot(directory, file, {
      ...{ masterKey, account },
      onProgress: ({ bytes, totalBytes }) => progress.update(bytes, totalBytes),
    });
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    throw new CommandError(messageOf(error), exitCodes.failed, { cause: error });
  } finally {
    progress.stop();
  }
}
