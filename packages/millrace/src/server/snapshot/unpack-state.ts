import { statfs } from "node:fs/promises";
import { join } from "node:path";
import type { MasterKey } from "../../core/master-key.ts";
import { readArchive, syncFile } from "./archive-reader.ts";
import type { SnapshotProgress } from "./archive-writer.ts";
import { stateEntries } from "./contents.ts";
import { keyCheck, type SnapshotManifest } from "./manifest.ts";
import { SnapshotError } from "./snapshot-error.ts";

export interface UnpackOptions {
  readonly version: string;
  /** The key that is given at each start; undefined where the one in the directory counts. */
  readonly givenKey: MasterKey | undefined;
  /** Whether files are synced to disk before the load goes on. */
  readonly isDurable: boolean;
  readonly onProgress: (progress: SnapshotProgress) => void;
}

/** Files that are synced at the same time. */
const syncsAtOnce = 16;
/** What file systems need beside the content of files. */
const bytesPerFile = 4_096;

/** Unpacks a snapshot into an empty folder, checks all of it and makes it durable. @throws SnapshotError */
export async function unpackState(
  source: AsyncIterable<Uint8Array>,
  into: string,
  options: UnpackOptions,
): Promise<SnapshotManifest> {
  const manifest = await readArchive(source, into, {
    version: options.version,
    onProgress: options.onProgress,
    async onManifest(found) {
      checkKey(found, options.givenKey);
      await checkSpace(found, into);
    },
  });
  if (options.isDurable) await syncAll(into);
  return manifest;
}

/** Secrets in a snapshot are sealed under its master key: without it, it opens and is of no use. */
function checkKey({ masterKey }: SnapshotManifest, given: MasterKey | undefined): void {
  const fits = given !== undefined && masterKey.check === keyCheck(given);
  if (masterKey.kind === "included" && given !== undefined && masterKey.check !== undefined && !fits)
    throw new SnapshotError(
      "wrong key",
      "The snapshot brings a master key of its own, and this Millrace has another one by --master-key. " +
        "Load it into a Millrace without --master-key.",
    );
  if (masterKey.kind === "included") return;
  if (given === undefined)
    throw new SnapshotError(
      "wrong key",
      "The snapshot is of a Millrace with --master-key, which is not in it: give the same --master-key here.",
    );
  if (masterKey.check !== undefined && !fits)
    throw new SnapshotError(
      "wrong key",
      "The snapshot is of a Millrace with another --master-key: give that one here.",
    );
}

async function checkSpace({ bytes, files, folders }: SnapshotManifest, into: string): Promise<void> {
  const { bavail, bsize } = await statfs(into);
  const needed = bytes + (files + folders) * bytesPerFile;
  const free = bavail * bsize;
  if (needed > free)
    throw new SnapshotError(
      "no space",
      `The snapshot needs ${needed} bytes of disk for as long as the present state is kept, and ${free} are free.`,
    );
}

async function syncAll(folder: string): Promise<void> {
  const paths = pathsOf(folder);
  const worker = async (): Promise<void> => {
    for await (const path of paths) await syncFile(path);
  };
  await Promise.all(Array.from({ length: syncsAtOnce }, worker));
  await syncFile(folder);
}

/** All files and folders; a generator that several may take from in turn. */
async function* pathsOf(folder: string): AsyncGenerator<string, void, undefined> {
  for await (const { path } of stateEntries(folder)) yield join(folder, path);
}
