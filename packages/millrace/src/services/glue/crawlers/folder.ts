import { FolderFiles } from "./folder-files.ts";

/** A folder of a crawl, with what lies in it summed up. */
export class Folder {
  readonly name: string;
  readonly files: FolderFiles;
  /** Files that were looked into. */
  sampled = 0;
  /** Whether objects lie directly in it, readable or not. */
  hasObjects = false;
  readonly #children = new Map<string, Folder>();

  constructor(name: string, files: FolderFiles = new FolderFiles()) {
    this.name = name;
    this.files = files;
  }

  /** In the order in which they were met, which is that of their keys. */
  get children(): Iterable<Folder> {
    return this.#children.values();
  }

  /** The folder at the end of a path, when there is one. */
  find(names: readonly string[]): Folder | undefined {
    let folder: Folder | undefined = this;
    for (const name of names) {
      if (folder === undefined) return undefined;
      folder = folder.#children.get(name);
    }
    return folder;
  }

  /** The folder at the end of a path, which is made when it is not there. */
  at(names: readonly string[]): Folder {
    let folder: Folder = this;
    for (const name of names) {
      let child = folder.#children.get(name);
      if (child === undefined) {
        child = new Folder(name);
        folder.#children.set(name, child);
      }
      folder = child;
    }
    return folder;
  }
}
