import { existsSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "../../core/errors.ts";
import type { MasterKey } from "../../core/master-key.ts";
import type { SnapshotProgress } from "./archive-writer.ts";
import { writeArchive } from "./archive-writer.ts";
import { stateEntries } from "./contents.ts";
import { keyCheck, newManifest, type SnapshotManifest } from "./manifest.ts";
import { SnapshotError } from "./snapshot-error.ts";

/** The file in which a data directory keeps its own master key. */
export const keyFile = "master.key";

export interface ArchiveStateOptions {
  readonly version: string;
  readonly atMs: number;
  readonly account: string | undefined;
  /** Undefined when the directory has none yet, or its key is given at each start and not known here. */
  readonly master: MasterKey | undefined;
  /** The master key comes from the configuration, so that it is not in the directory. */
  readonly isKeyGiven: boolean;
  readonly onProgress: (progress: SnapshotProgress) => void;
}

/**
 * Writes the state of a directory that nobody has open into a new file.
 * @throws SnapshotError when the disk is full
 */
export async function archiveState(
  directory: string,
  file: string,
  options: ArchiveStateOptions,
): Promise<SnapshotManifest> {
  const { version, atMs, account, master, isKeyGiven, onProgress } = options;
  let [files, folders, bytes] = [0, 0, 0];
  for await (const entry of stateEntries(directory)) {
    if (entry.isDirectory) folders++;
    else files++;
    bytes += entry.bytes;
  }
  const manifest = newManifest({
    ...{ version, at: new Date(atMs).toISOString(), files, folders, bytes },
    ...(account === undefined ? {} : { account }),
    masterKey: {
      kind: isKeyGiven ? "given" : "included",
      ...(master === undefined ? {} : { check: keyCheck(master) }),
    },
    hasRemoteObjects: existsSync(join(directory, "objects", "remote-owner")),
  });
  try {
    await writeArchive(directory, file, manifest, onProgress);
  } catch (error) {
    const code = systemCode(error);
    if (code !== "ENOSPC" && code !== "EDQUOT" && code !== "EFBIG") throw error;
    throw new SnapshotError("no space", `There is no space for the snapshot at ${file}.`, { cause: error });
  }
  return manifest;
}
