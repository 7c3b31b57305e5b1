import type { AppendedFile, JobFiles } from "./job-files.ts";

interface FileNode {
  bytes: Buffer;
  syncedLength: number;
}

type NameChange = { readonly path: string; readonly node: FileNode | undefined };

/** What a file operation is about to do: throws to fail it. */
export type FileStep = (operation: string, path: string) => void;

/**
 * A file system in memory that forgets at a crash what was not synced: ends of files are cut anywhere behind
 * what was synced, and of the changes of names in a directory since its last sync only the first ones are left.
 */
export class MemoryFiles implements JobFiles {
  #live = new Map<string, FileNode>();
  #durable = new Map<string, FileNode>();
  #changes: NameChange[] = [];
  /** Before each operation, and between the parts of writes. */
  step: FileStep = () => undefined;

  async write(path: string, pieces: Iterable<Uint8Array>): Promise<void> {
    await this.#turn("create", path);
    const node: FileNode = { bytes: Buffer.alloc(0), syncedLength: 0 };
    this.#set(path, node);
    for (const piece of pieces) {
      await this.#turn("write", path);
      node.bytes = Buffer.concat([node.bytes, piece]);
    }
    await this.#turn("sync", path);
    node.syncedLength = node.bytes.length;
  }

  async append(path: string): Promise<AppendedFile> {
    await this.#turn("create", path);
    const node: FileNode = { bytes: Buffer.alloc(0), syncedLength: 0 };
    this.#set(path, node);
    return {
      append: async (bytes) => {
        await this.#turn("append", path);
        node.bytes = Buffer.concat([node.bytes, bytes]);
        await this.#turn("sync", path);
        node.syncedLength = node.bytes.length;
      },
      close: () => Promise.resolve(),
    };
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    await this.#turn("read", path);
    const node = this.#live.get(path);
    return node === undefined ? undefined : Uint8Array.from(node.bytes);
  }

  async names(directory: string): Promise<readonly string[]> {
    await this.#turn("names", directory);
    const prefix = `${directory}/`;
    const names = [...this.#live.keys()]
      .filter((path) => path.startsWith(prefix))
      .map((path) => path.slice(prefix.length).split("/", 1)[0] ?? "");
    return [...new Set(names)].sort();
  }

  async makeDirectory(directory: string): Promise<void> {
    await this.#turn("makeDirectory", directory);
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#turn("rename", to);
    for (const [path, node] of [...this.#live]) {
      if (path !== from && !path.startsWith(`${from}/`)) continue;
      this.#set(path, undefined);
      this.#set(`${to}${path.slice(from.length)}`, node);
    }
  }

  async link(from: string, to: string): Promise<void> {
    await this.#turn("link", to);
    const node = this.#live.get(from);
    if (node === undefined) throw Object.assign(new Error(`ENOENT: ${from}`), { code: "ENOENT" });
    this.#set(to, node);
  }

  async remove(path: string): Promise<void> {
    await this.#turn("remove", path);
    this.#set(path, undefined);
  }

  async removeTree(directory: string): Promise<void> {
    await this.#turn("removeTree", directory);
    for (const path of [...this.#live.keys()]) {
      if (path.startsWith(`${directory}/`)) this.#set(path, undefined);
    }
  }

  async syncDirectory(directory: string): Promise<void> {
    await this.#turn("syncDirectory", directory);
    const isIn = (path: string): boolean => path.slice(0, path.lastIndexOf("/")) === directory;
    for (const change of this.#changes) if (isIn(change.path)) apply(this.#durable, change);
    this.#changes = this.#changes.filter((change) => !isIn(change.path));
  }

  /** The machine stops and starts again. */
  crash(random: () => number): void {
    this.step = () => undefined;
    const kept = Math.floor(random() * (this.#changes.length + 1));
    for (const change of this.#changes.slice(0, kept)) apply(this.#durable, change);
    this.#changes = [];
    for (const node of new Set(this.#durable.values())) {
      const lost = node.bytes.length - node.syncedLength;
      node.bytes = node.bytes.subarray(0, node.syncedLength + Math.floor(random() * (lost + 1)));
      node.syncedLength = node.bytes.length;
    }
    this.#live = new Map(this.#durable);
  }

  paths(): readonly string[] {
    return [...this.#live.keys()].sort();
  }

  /** Flips a bit. */
  damage(path: string, at: number): void {
    const node = this.#live.get(path);
    if (node === undefined) throw new Error(`no file ${path}`);
    node.bytes = Buffer.from(node.bytes);
    node.bytes[at] = (node.bytes[at] ?? 0) ^ 1;
  }

  cut(path: string, length: number): void {
    const node = this.#live.get(path);
    if (node === undefined) throw new Error(`no file ${path}`);
    node.bytes = node.bytes.subarray(0, length);
    node.syncedLength = length;
  }

  async #turn(operation: string, path: string): Promise<void> {
    this.step(operation, path);
    await Promise.resolve();
  }

  #set(path: string, node: FileNode | undefined): void {
    const change = { path, node };
    apply(this.#live, change);
    this.#changes.push(change);
  }
}

function apply(names: Map<string, FileNode>, { path, node }: NameChange): void {
  if (node === undefined) names.delete(path);
  else names.set(path, node);
}
