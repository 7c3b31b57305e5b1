import { lstat, opendir, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import { systemCode } from "../../core/errors.ts";

export interface UsedSpace {
  readonly usedBytes: number;
  /** There are more files than were counted. */
  readonly isPartial: boolean;
  /** Undefined where the file system does not say. */
  readonly freeBytes: number | undefined;
}

const maxEntries = 100_000;
/** Counting again costs as much as it did the last time; nobody needs it more often. */
const keptMs = 10_000;

/** How much a directory takes up, counted once for all who ask within a few seconds. */
export class SpaceMeter {
  readonly #directory: string;
  readonly #clock: Clock;
  #last: { readonly untilMs: number; readonly space: Promise<UsedSpace> } | undefined;

  constructor(directory: string, clock: Clock) {
    this.#directory = directory;
    this.#clock = clock;
  }

  read(): Promise<UsedSpace> {
    const nowMs = this.#clock.now();
    if (this.#last === undefined || nowMs >= this.#last.untilMs)
      this.#last = { untilMs: nowMs + keptMs, space: usedSpace(this.#directory) };
    return this.#last.space;
  }
}

async function usedSpace(directory: string): Promise<UsedSpace> {
  const counted = { bytes: 0, entries: 0 };
  const folders = [directory];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    if (counted.entries >= maxEntries) break;
    await countFolder(folder, folders, counted);
  }
  const free = await statfs(directory).catch(ignoreGone);
  return {
    usedBytes: counted.bytes,
    isPartial: counted.entries >= maxEntries,
    freeBytes: free && free.bavail * free.bsize,
  };
}

async function countFolder(
  folder: string,
  folders: string[],
  counted: { bytes: number; entries: number },
): Promise<void> {
  const opened = await opendir(folder).catch(ignoreGone);
  if (opened === undefined) return;
  for await (const entry of opened) {
    counted.entries++;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) folders.push(path);
    else counted.bytes += (await lstat(path).catch(ignoreGone))?.size ?? 0;
  }
}

/** Files come and go while they are counted. */
function ignoreGone(error: unknown): undefined {
  if (["ENOENT", "ENOTDIR", "EACCES"].includes(systemCode(error) ?? "")) return undefined;
  throw error;
}
