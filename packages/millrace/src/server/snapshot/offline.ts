import { createReadStream, existsSync, mkdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { systemClock } from "../../core/clock.ts";
import { DirectoryLock, DirectoryLockedError } from "../../core/directory-lock.ts";
import { systemCode } from "../../core/errors.ts";
import { MasterKey } from "../../core/master-key.ts";
import { version } from "../version.ts";
import { archiveState, keyFile } from "./archive-state.ts";
import type { SnapshotProgress } from "./archive-writer.ts";
import type { SnapshotManifest } from "./manifest.ts";
import { notesOf } from "./notes.ts";
import { SnapshotError } from "./snapshot-error.ts";
import { StateSwap, type StepObserver } from "./swap.ts";
import { unpackState } from "./unpack-state.ts";

export interface OfflineOptions {
  /** Base64 of 32 bytes, where Millrace is started with `--master-key`. */
  readonly masterKey?: string | undefined;
  /** The account that Millrace is configured with, to be written into the snapshot. */
  readonly account?: string | undefined;
  readonly onProgress?: (progress: SnapshotProgress) => void;
  /** For tests, which end the process between steps. */
  readonly onStep?: StepObserver;
}

export interface LoadedSnapshot {
  readonly manifest: SnapshotManifest;
  /** What whoever loaded it should know: sentences. */
  readonly notes: readonly string[];
}

const ignore = (): void => {};

/**
 * Saves the state of a data directory that no Millrace has open into a new file.
 * @throws SnapshotError
 */
export async function saveSnapshot(
  directory: string,
  file: string,
  options: OfflineOptions = {},
): Promise<SnapshotManifest> {
  const path = resolve(directory);
  if (!existsSync(path)) throw new SnapshotError("not kept", `There is no data directory ${path}.`);
  if (existsSync(file)) throw new SnapshotError("no space", `${file} exists already.`);
  using _lock = locked(path);
  new StateSwap(path).takeBack();
  const { masterKey, account, onProgress = ignore } = options;
  const isKeyGiven = masterKey !== undefined || !existsSync(join(path, keyFile));
  try {
    return await archiveState(path, file, {
      ...{ version, atMs: systemClock.now(), account, isKeyGiven, onProgress },
      master: masterKey === undefined ? keyIn(path) : MasterKey.parse(masterKey),
    });
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/**
 * Replaces the state of a data directory that no Millrace has open, or makes one. After a crash there is
 * either the old state or the new one.
 * @throws SnapshotError
 */
export async function loadSnapshot(
  directory: string,
  file: string,
  options: OfflineOptions = {},
): Promise<LoadedSnapshot> {
  const path = resolve(directory);
  if (!existsSync(file)) throw new SnapshotError("wrong file", `There is no file ${file}.`);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  using _lock = locked(path);
  const swap = new StateSwap(path, options.onStep);
  swap.takeBack();
  const { masterKey, onProgress = ignore } = options;
  try {
    const manifest = await unpackState(createReadStream(file), swap.prepare(), {
      ...{ version, isDurable: true, onProgress },
      givenKey: masterKey === undefined ? undefined : MasterKey.parse(masterKey),
    });
    swap.exchange();
    swap.commit();
    await swap.clean();
    return { manifest, notes: notesOf(manifest) };
  } catch (error) {
    swap.takeBack();
    throw error;
  }
}

function locked(path: string): DirectoryLock {
  try {
    return new DirectoryLock(path);
  } catch (error) {
    if (!(error instanceof DirectoryLockedError)) throw error;
    throw new SnapshotError("in use", `${path} is in use by a Millrace that runs.`, { cause: error });
  }
}

function keyIn(directory: string): MasterKey | undefined {
  try {
    return MasterKey.parse(readFileSync(join(directory, keyFile), "utf8"));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
