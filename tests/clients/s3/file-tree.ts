import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

/** Folders whose names say something else in a URL, in XML, in a shell or in a pattern. */
const folders = [
  "plain",
  "with space",
  "a+b",
  "50%20off%",
  "q?r=s&t;u#v",
  "ümläut/世界/🛰",
  'it\'s "quoted" <&>',
  "...",
  "[0-9]{1,2}*",
  Array.from({ length: 40 }, (_, depth) => `d${depth}`).join("/"),
] as const;
const maxFileBytes = 3_000;
const filesAtOnce = 64;

/** A folder that goes with the test. */
export class TemporaryFolder implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<TemporaryFolder> {
    return new TemporaryFolder(await mkdtemp(join(tmpdir(), "millrace-files-")));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

/** Bytes that follow from their number: some files are empty. */
function contentOf(number: number): Buffer {
  if (number % 10 === 0) return Buffer.alloc(0);
  const seed = createHash("sha512").update(`${number}`).digest();
  return Buffer.alloc(seed.readUInt32BE(0) % maxFileBytes, seed);
}

/** Writes that many files below a folder, deep and with hard names. */
export async function writeTree(root: string, files: number): Promise<void> {
  for (let first = 0; first < files; first += filesAtOnce) {
    const numbers = Array.from({ length: Math.min(filesAtOnce, files - first) }, (_, i) => first + i);
    await Promise.all(
      numbers.map(async (number) => {
        const name = number % 3 === 0 ? `${number}.bin` : `file ${number} ~'(${number % 7})!@$^,.txt`;
        const path = join(root, folders[number % folders.length] ?? "", `${number % 50}`, name);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, contentOf(number));
      }),
    );
  }
}

/** The digest of each file below a folder, by its path. */
export async function treeOf(root: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const tree = new Map<string, string>();
  for (const path of paths.toSorted())
    tree.set(
      relative(root, path),
      createHash("sha256")
        .update(await readFile(path))
        .digest("hex"),
    );
  return tree;
}
