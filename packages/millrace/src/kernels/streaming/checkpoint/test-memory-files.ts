import type { JobFiles } from "./job-files.ts";

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
export class MemoryFiles {
  #live = new Map<string, FileNode>();
  #durable = new Map<string, FileNode>();
  #changes: NameChange[] = [];

  /** As a process uses them. @param step before each operation, and between the parts of writes */
  process(step: FileStep = () => undefined): JobFiles {
    const doing = async <T>(operation: string, path: string, run: () => T): Promise<T> => {
      step(operation, path);
      const result = run();
      await Promise.resolve();
      return result;
    };
    const create = (path: string): Promise<FileNode> =>
      doing("create", path, () => {
        const node: FileNode = { bytes: Buffer.alloc(0), syncedLength: 0 };
        this.#set(path, node);
        return node;
      });
    const extend = (path: string, node: FileNode, piece: Uint8Array): Promise<void> =>
      doing("write", path, () => {
        node.bytes = Buffer.concat([node.bytes, piece]);
      });
    const sync = (path: string, node: FileNode): Promise<void> =>
      doing("sync", path, () => {
        node.syncedLength = node.bytes.length;
      });
    return {
      write: async (path, pieces) => {
        const node = await create(path);
        for (const piece of pieces) await extend(path, node, piece);
        await sync(path, node);
      },
      append: async (path) => {
        const node = await create(path);
        const append = async (bytes: Uint8Array): Promise<void> => {
          await extend(path, node, bytes);
          await sync(path, node);
        };
        return { append, close: () => Promise.resolve() };
      },
      read: (path) => doing("read", path, () => this.#read(path)),
      names: (directory) => doing("names", directory, () => this.#names(directory)),
      makeDirectory: (directory) => doing("makeDirectory", directory, () => undefined),
      rename: (from, to) => doing("rename", to, () => this.#rename(from, to)),
      link: (from, to) => doing("link", to, () => this.#link(from, to)),
      remove: (path) => doing("remove", path, () => this.#set(path, undefined)),
      removeTree: (directory) => doing("removeTree", directory, () => this.#removeTree(directory)),
      syncDirectory: (directory) => doing("syncDirectory", directory, () => this.#sync(directory)),
    };
  }

  /** The machine stops and starts again. */
  crash(random: () => number): void {
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

  #read(path: string): Uint8Array | undefined {
    const node = this.#live.get(path);
    return node === undefined ? undefined : Uint8Array.from(node.bytes);
  }

  #names(directory: string): readonly string[] {
    const prefix = `${directory}/`;
    const names = [...this.#live.keys()]
      .filter((path) => path.startsWith(prefix))
      .map((path) => path.slice(prefix.length).split("/", 1)[0] ?? "");
    return [...new Set(names)].sort();
  }

  #rename(from: string, to: string): void {
    for (const [path, node] of [...this.#live]) {
      if (path !== from && !path.startsWith(`${from}/`)) continue;
      this.#set(path, undefined);
      this.#set(`${to}${path.slice(from.length)}`, node);
    }
  }

  #link(from: string, to: string): void {
    const node = this.#live.get(from);
    if (node === undefined) throw Object.assign(new Error(`ENOENT: ${from}`), { code: "ENOENT" });
    this.#set(to, node);
  }

  #removeTree(directory: string): void {
    for (const path of [...this.#live.keys()]) {
      if (path.startsWith(`${directory}/`)) this.#set(path, undefined);
    }
  }

  #sync(directory: string): void {
    const isIn = (path: string): boolean => path.slice(0, path.lastIndexOf("/")) === directory;
    for (const change of this.#changes) if (isIn(change.path)) apply(this.#durable, change);
    this.#changes = this.#changes.filter((change) => !isIn(change.path));
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
