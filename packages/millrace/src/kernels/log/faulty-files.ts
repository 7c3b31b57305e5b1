import type { OpenFile } from "../../core/open-file.ts";
import type { LogFiles } from "./files.ts";
import { nodeFiles } from "./node-files.ts";

/** A file system for tests that does what disks do at their worst: short writes, no space, failing syncs. */
export class FaultyFiles implements LogFiles {
  /** Bytes that may still be written to new places before ENOSPC. */
  spaceBytes: number = Number.POSITIVE_INFINITY;
  /** Fails the next this many syncs. */
  failingSyncs = 0;
  failingTruncates = 0;
  failingReads = 0;
  /** Called instead of syncing, to hold a sync back. */
  beforeSync: () => Promise<void> = () => Promise.resolve();
  syncs = 0;
  readonly #random: () => number;
  readonly #shortWrites: boolean;

  constructor(random: () => number, options: { readonly shortWrites?: boolean } = {}) {
    this.#random = random;
    this.#shortWrites = options.shortWrites ?? false;
  }

  async open(path: string, mode: "create" | "update" | "read"): Promise<OpenFile> {
    return new FaultyFile(this, await nodeFiles.open(path, mode));
  }
  names(directory: string): Promise<readonly string[]> {
    return nodeFiles.names(directory);
  }
  makeDirectory(directory: string): Promise<void> {
    return nodeFiles.makeDirectory(directory);
  }
  rename(from: string, to: string): Promise<void> {
    return nodeFiles.rename(from, to);
  }
  remove(path: string): Promise<void> {
    return nodeFiles.remove(path);
  }
  removeTree(directory: string): Promise<void> {
    return nodeFiles.removeTree(directory);
  }
  syncDirectory(directory: string): Promise<void> {
    return nodeFiles.syncDirectory(directory);
  }

  /** How much of a write of `bytes` goes through; throws when nothing does. */
  admit(bytes: number): number {
    if (this.spaceBytes <= 0) throw systemError("ENOSPC", "write");
    const short = this.#shortWrites && bytes > 1 ? 1 + Math.floor(this.#random() * (bytes - 1)) : bytes;
    const taken = Math.min(short, this.spaceBytes);
    this.spaceBytes -= taken;
    return taken;
  }
}

class FaultyFile implements OpenFile {
  readonly #faults: FaultyFiles;
  readonly #file: OpenFile;

  constructor(faults: FaultyFiles, file: OpenFile) {
    this.#faults = faults;
    this.#file = file;
  }

  size(): Promise<number> {
    return this.#file.size();
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    if (this.#faults.failingReads-- > 0) throw systemError("EIO", "read");
    this.#faults.failingReads = Math.max(this.#faults.failingReads, 0);
    return this.#file.read(into, position);
  }

  async writev(parts: readonly Uint8Array[], position: number): Promise<number> {
    const all = Buffer.concat(parts);
    return this.#file.writev([all.subarray(0, this.#faults.admit(all.length))], position);
  }

  async datasync(): Promise<void> {
    this.#faults.syncs += 1;
    await this.#faults.beforeSync();
    if (this.#faults.failingSyncs > 0) {
      this.#faults.failingSyncs -= 1;
      throw systemError("EIO", "fdatasync");
    }
    await this.#file.datasync();
  }

  async truncate(bytes: number): Promise<void> {
    if (this.#faults.failingTruncates > 0) {
      this.#faults.failingTruncates -= 1;
      throw systemError("EIO", "ftruncate");
    }
    await this.#file.truncate(bytes);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

function systemError(code: string, call: string): Error {
  return Object.assign(new Error(`${code}: ${call}`), { code });
}
