import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { assert } from "../../core/assert.ts";
import { diskFailure } from "./errors.ts";
import type { ObjectFiles } from "./files.ts";
import { blobsPerDirectory } from "./limits.ts";
import { SharedTask } from "./shared-task.ts";

/*
 * Blob id   => Directory "/" File      Directory: 6 digits, hexadecimal; File: 32 digits, random
 * Directories are filled one after the other, so that writers at the same time share the directory's sync.
 * A store that is opened begins a new one: what lies in lower directories was written before it was opened.
 */
const idForm = /^([0-9a-f]{6})\/[0-9a-f]{32}$/;
const directoryForm = /^[0-9a-f]{6}$/;
const fileForm = /^[0-9a-f]{32}$/;

/** Hands out the names of blobs, and makes them durable. */
export class BlobDirectories {
  readonly #root: string;
  readonly #files: ObjectFiles;
  readonly #durable: boolean;
  readonly #first: number;
  #number: number;
  #left = 0;
  #making: Promise<void> = Promise.resolve();
  readonly #syncs = new Map<string, SharedTask>();

  private constructor(root: string, files: ObjectFiles, durable: boolean, first: number) {
    this.#root = root;
    this.#files = files;
    this.#durable = durable;
    this.#first = first;
    this.#number = first - 1;
  }

  static async open(root: string, files: ObjectFiles, durable: boolean): Promise<BlobDirectories> {
    await files.makeDirectory(root);
    const last = (await files.names(root)).filter((name) => directoryForm.test(name)).at(-1);
    return new BlobDirectories(root, files, durable, last === undefined ? 1 : Number.parseInt(last, 16) + 1);
  }

  /** A name that no blob has, in a directory that is there. */
  async create(): Promise<string> {
    if (this.#left === 0) this.#begin();
    this.#left -= 1;
    const directory = directoryName(this.#number);
    await this.#making;
    return `${directory}/${randomBytes(16).toString("hex")}`;
  }

  path(id: string): string {
    assert(idForm.test(id), `${id} is no id of a blob`);
    return join(this.#root, id);
  }

  /** Makes a blob's name durable; blobs of one directory share the work. */
  async sync(id: string): Promise<void> {
    if (!this.#durable) return;
    const directory = id.slice(0, 6);
    let task = this.#syncs.get(directory);
    if (task === undefined) {
      task = new SharedTask(() => this.#files.syncDirectory(join(this.#root, directory)));
      this.#syncs.set(directory, task);
    }
    try {
      await task.run();
    } finally {
      if (task.isIdle) this.#syncs.delete(directory);
    }
  }

  /** Makes the directory of a blob again. */
  restore(id: string): Promise<void> {
    return this.#make(join(this.#root, id.slice(0, 6)));
  }

  /** All blobs of former owners. Directories that are found empty are removed. */
  async *older(): AsyncGenerator<string, void, void> {
    for (const directory of await this.#files.names(this.#root)) {
      if (!directoryForm.test(directory) || Number.parseInt(directory, 16) >= this.#first) continue;
      const path = join(this.#root, directory);
      for (const name of await this.#files.names(path)) if (fileForm.test(name)) yield `${directory}/${name}`;
      await this.#files.removeDirectory(path);
    }
  }

  #begin(): void {
    this.#number += 1;
    this.#left = blobsPerDirectory;
    const making = this.#make(join(this.#root, directoryName(this.#number)));
    this.#making = making;
    making.catch(() => {
      // The next blob tries again, with the next directory.
      if (this.#making === making) this.#left = 0;
    });
  }

  async #make(path: string): Promise<void> {
    try {
      await this.#files.makeDirectory(path);
      if (this.#durable) await this.#files.syncDirectory(this.#root);
    } catch (error) {
      throw diskFailure(error);
    }
  }
}

function directoryName(number: number): string {
  return number.toString(16).padStart(6, "0");
}
