import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type ParseResult, parseSync } from "oxc-parser";

/** Something that breaks a rule, and what to do instead. */
export interface Finding {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

/** A rule looks at the tree and nothing else, so that a test can hand it a planted violation. */
export type Rule = (tree: Tree) => readonly Finding[];

/** One file of the repository. Text and syntax are read when a rule first asks for them. */
export class TreeFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly #read: () => string;
  #text: string | undefined;
  #syntax: ParseResult | undefined;

  constructor(path: string, sizeBytes: number, read: () => string) {
    this.path = path;
    this.sizeBytes = sizeBytes;
    this.#read = read;
  }

  get text(): string {
    this.#text ??= this.#read();
    return this.#text;
  }

  get syntax(): ParseResult {
    this.#syntax ??= parseSync(this.path, this.text);
    return this.#syntax;
  }

  /** The line, counted from 1, on which the character at `offset` stands. */
  lineAt(offset: number): number {
    let line = 1;
    for (let at = this.text.indexOf("\n"); at !== -1 && at < offset; at = this.text.indexOf("\n", at + 1))
      line++;
    return line;
  }
}

export class Tree {
  readonly files: readonly TreeFile[];
  readonly #byPath: ReadonlyMap<string, TreeFile>;
  readonly #folders: ReadonlySet<string>;

  constructor(files: readonly TreeFile[]) {
    this.files = files;
    this.#byPath = new Map(files.map((file) => [file.path, file]));
    const folders = new Set<string>();
    for (const { path } of files) {
      for (let at = path.lastIndexOf("/"); at !== -1; at = path.lastIndexOf("/", at - 1)) {
        folders.add(path.slice(0, at));
        if (at === 0) break;
      }
    }
    this.#folders = folders;
  }

  get(path: string): TreeFile | undefined {
    return this.#byPath.get(path);
  }

  has(path: string): boolean {
    return this.#byPath.has(path);
  }

  get folders(): readonly string[] {
    return [...this.#folders].sort();
  }

  hasFolder(path: string): boolean {
    return path === "" || path === "." || this.#folders.has(path);
  }

  /** The files that hold TypeScript or JavaScript. */
  get code(): readonly TreeFile[] {
    return this.files.filter((file) => /\.(ts|tsx|mjs)$/.test(file.path));
  }
}

/** Everything that git tracks or would track: what is ignored is nobody's business. */
export function readTree(root: string): Tree {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const paths = [...new Set(listed.split("\0"))].filter(
    (path) => path !== "" && existsSync(join(root, path)),
  );
  return new Tree(
    paths.sort().map((path) => {
      const absolute = join(root, path);
      return new TreeFile(path, statSync(absolute).size, () => readFileSync(absolute, "utf8"));
    }),
  );
}

/** A tree from path and text, for tests of rules. */
export function treeOf(texts: Readonly<Record<string, string>>): Tree {
  const files = Object.entries(texts).map(
    ([path, text]) => new TreeFile(path, Buffer.byteLength(text), () => text),
  );
  return new Tree(files);
}
