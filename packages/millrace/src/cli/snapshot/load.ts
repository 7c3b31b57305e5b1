import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable, Transform } from "node:stream";
import { messageOf } from "../../core/errors.ts";
import type { LoadedSnapshot } from "../../server/snapshot/index.ts";
import { CommandError, exitCodes } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import { AdminClient } from "../connection/admin-client.ts";
import type { Connection } from "../connection/connection.ts";
import type { LoadFlags } from "./flags.ts";
import { type SnapshotPlace, snapshotPlace } from "./place.ts";

interface Loaded extends LoadedSnapshot {
  readonly rootCredential?: { readonly accessKeyId: string; readonly secretKey: string };
}

/** Puts a snapshot in the place of all state. */
export async function load(named: string, flags: LoadFlags, io: CommandIo): Promise<void> {
  const file = resolve(named);
  const size = await sizeOf(file);
  const place = await snapshotPlace(flags, io, false);
  const target = place.kind === "online" ? place.connection.url : place.directory;
  if (!flags.yes && !(await io.confirm(`Replace all state of ${target} by ${named}?`, "--yes"))) {
    io.print("Nothing was changed.");
    return;
  }
  const { manifest, notes, rootCredential } =
    place.kind === "online"
      ? await loadOnline(place.connection, file, size, io)
      : await loadOffline(place, file, io);
  io.print(`Loaded the state of ${manifest.at} into ${target}.`);
  for (const note of notes) io.note(note);
  if (rootCredential !== undefined) {
    io.print("The snapshot had no root credential; a new one, shown this once:");
    io.print(`  AWS_ACCESS_KEY_ID=${rootCredential.accessKeyId}`);
    io.print(`  AWS_SECRET_ACCESS_KEY=${rootCredential.secretKey}`);
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw new CommandError(
      `${file} cannot be read: ${messageOf(error)}. Give the path of a snapshot.`,
      exitCodes.usage,
    );
  }
}

async function loadOnline(
  connection: Connection,
  file: string,
  size: number,
  io: CommandIo,
): Promise<Loaded> {
  const progress = await io.progress({ label: "Loading", total: size, unit: "bytes" });
  const source = createReadStream(file);
  let done = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, next) {
      done += chunk.length;
      progress.update(done);
      next(null, chunk);
    },
  });
  source.once("error", (error) => count.destroy(error));
  try {
    const stream = Readable.toWeb(source.pipe(count)) as ReadableStream<Uint8Array>;
    const response = await new AdminClient(connection).request("PUT", "snapshot", {
      ...{ stream, length: size, signal: io.interruption() },
    });
    return (await response.json()) as Loaded;
  } finally {
    source.destroy();
    progress.stop();
  }
}

async function loadOffline(
  place: Extract<SnapshotPlace, { readonly kind: "offline" }>,
  file: string,
  io: CommandIo,
): Promise<Loaded> {
  const { loadSnapshot, SnapshotError } = await import("../../server/snapshot/index.ts");
  const progress = await io.progress({ label: "Loading", unit: "bytes" });
  try {
    return await loadSnapshot(place.directory, file, {
      masterKey: place.masterKey,
      onProgress: ({ bytes, totalBytes }) => progress.update(bytes, totalBytes),
    });
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    throw new CommandError(messageOf(error), exitCodes.failed, { cause: error });
  } finally {
    progress.stop();
  }
}
