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
  const progress = await io.progress({ label: "Saving", unit: "bytes" });
  const unfinished = `${file}.part`;
  let done = 0;
  try {
    const response = await new AdminClient(connection).request("GET", "snapshot", { signal });
    if (response.body === null) throw new CommandError("Millrace sent no snapshot. Try again.");
    const length = response.headers.get("content-length");
    const total = length === null ? undefined : Number(length);
    const count = new Transform({
      transform(chunk: Buffer, _, next) {
        done += chunk.length;
        progress.update(done, total);
        next(null, chunk);
      },
    });
    await pipeline(
      Readable.fromWeb(response.body as ReadableStream<Uint8Array>),
      count,
      createWriteStream(unfinished, { mode: 0o600 }),
      { signal },
    );
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
