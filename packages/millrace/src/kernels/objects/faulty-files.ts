import type { ObjectFile, ObjectFiles } from "./files.ts";
import { nodeFiles } from "./node-files.ts";

type Fault = "sync" | "sync-directory" | "truncate" | "read" | "open" | "remove";

/** A file system for tests that does what disks do at their worst: short writes, no space, failing syncs. */
export class FaultyFiles implements ObjectFiles {
  /** Bytes that may still be written before ENOSPC. */
  spaceBytes: number = Number.POSITIVE_INFINITY;
  /** Of files whose name contains this; all by default. */
  only = "";
  /** Called before a file is synced, to hold it back. */
  beforeSync: () => Promise<void> = () => Promise.resolve();
  readonly #failing = new Map<Fault, number>();
  readonly #random: () => number;
  readonly #shortWrites: boolean;

  constructor(random: () => number, options: { readonly shortWrites?: boolean } = {}) {
    this.#random = random;
    this.#shortWrites = options.shortWrites ?? false;
  }

  /** Fails the next this many. */
  fail(fault: Fault, times: number = 1): void {
    this.#failing.set(fault, times);
  }

  async open(path: string, mode: "create" | "update" | "read"): Promise<ObjectFile> {
    this.check("open", path);
    return new FaultyFile(this, path, await nodeFiles.open(path, mode));
  }
  names(directory: string): Promise<readonly string[]> {
    return nodeFiles.names(directory);
  }
  makeDirectory(directory: string): Promise<void> {
    return nodeFiles.makeDirectory(directory);
  }
  removeDirectory(directory: string): Promise<void> {
    return nodeFiles.removeDirectory(directory);
  }
  async remove(path: string): Promise<void> {
    this.check("remove", path);
    await nodeFiles.remove(path);
  }
  async syncDirectory(directory: string): Promise<void> {
    this.check("sync-directory", directory);
    await nodeFiles.syncDirectory(directory);
  }

  /** @throws when this is to fail now. */
  check(fault: Fault, path: string): void {
    const left = this.#failing.get(fault) ?? 0;
    if (left === 0 || !path.includes(this.only)) return;
    this.#failing.set(fault, left - 1);
    throw systemError("EIO", fault);
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

class FaultyFile implements ObjectFile {
  readonly #faults: FaultyFiles;
  readonly #path: string;
  readonly #file: ObjectFile;

  constructor(faults: FaultyFiles, path: string, file: ObjectFile) {
    this.#faults = faults;
    this.#path = path;
    this.#file = file;
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    this.#faults.check("read", this.#path);
    return this.#file.read(into, position);
  }

  async writev(parts: readonly Uint8Array[], position: number): Promise<number> {
    const all = Buffer.concat(parts);
    return this.#file.writev([all.subarray(0, this.#faults.admit(all.length))], position);
  }

  async datasync(): Promise<void> {
    await this.#faults.beforeSync();
    this.#faults.check("sync", this.#path);
    await this.#file.datasync();
  }

  async truncate(bytes: number): Promise<void> {
    this.#faults.check("truncate", this.#path);
    await this.#file.truncate(bytes);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

function systemError(code: string, call: string): Error {
  return Object.assign(new Error(`${code}: ${call}`), { code });
}
