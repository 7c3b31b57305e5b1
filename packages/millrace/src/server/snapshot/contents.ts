import { existsSync, readdirSync } from "node:fs";
import { lstat, opendir } from "node:fs/promises";
import { join } from "node:path";

/** Where a snapshot is unpacked, and where the old state waits until the new one is known to be good. */
export const loadFolder = ".snapshot-load";

/** What belongs to this machine or this run, and not to the state. */
const ofThisMachine: ReadonlySet<string> = new Set([
  ".lock",
  "scratch",
  "run.json",
  "tls-key.pem",
  "tls-certificate.pem",
  loadFolder,
]);

/** Whether a name in a data directory is part of the state that snapshots have, by the name alone. */
export function isStateName(name: string): boolean {
  // File systems of macOS and Windows take `.LOCK` for `.lock`.
  return !ofThisMachine.has(name.toLowerCase());
}

/** The names in a data directory that are its state; another data directory inside it is not. */
export function stateNames(directory: string): readonly string[] {
  return readdirSync(directory)
    .filter((name) => isStateName(name) && !isDataDirectory(join(directory, name)))
    .sort();
}

/** A data directory has its own key, or is in use. Kernels' folders have locks, too, but neither of these. */
function isDataDirectory(path: string): boolean {
  return existsSync(join(path, "master.key")) || existsSync(join(path, "run.json"));
}

export interface StateEntry {
  /** Below the data directory, with slashes. */
  readonly path: string;
  readonly isDirectory: boolean;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** All files and folders of the state, folders before what is in them. What is neither is left out. */
export async function* stateEntries(directory: string): AsyncGenerator<StateEntry, void, undefined> {
  for (const name of stateNames(directory)) yield* entriesAt(directory, name);
}

async function* entriesAt(directory: string, path: string): AsyncGenerator<StateEntry, void, undefined> {
  const stats = await lstat(join(directory, path));
  const isDirectory = stats.isDirectory();
  if (!isDirectory && !stats.isFile()) return;
  yield { path, isDirectory, bytes: isDirectory ? 0 : stats.size, modifiedMs: stats.mtimeMs };
  if (!isDirectory) return;
  for await (const { name } of await opendir(join(directory, path)))
    yield* entriesAt(directory, `${path}/${name}`);
}
