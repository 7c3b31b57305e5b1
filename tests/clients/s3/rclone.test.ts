import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { VerifyingMillrace } from "../../fixtures/verifying-millrace.ts";
import { ClientPrograms } from "./client-programs.ts";
import { TemporaryFolder, treeOf, writeTree } from "./file-tree.ts";

const treeFiles = 1_000;
const mib = 1024 * 1024;
let millrace: VerifyingMillrace;
let programs: ClientPrograms;

beforeAll(async () => {
  await ClientPrograms.requireRclone();
  millrace = await VerifyingMillrace.start("123456789012");
  programs = new ClientPrograms(millrace);
});
afterAll(() => millrace.dispose());

const rclone = (...args: readonly string[]): Promise<string> => programs.rclone(...args);

it("rclone syncs, checks, copies within the store, and purges", async () => {
  await using folder = await TemporaryFolder.make();
  const [source, copy] = [join(folder.path, "source"), join(folder.path, "copy")];
  await writeTree(source, treeFiles);
  await rclone("mkdir", "m:trees");
  await rclone("sync", source, "m:trees/one");
  await rclone("check", source, "m:trees/one");
  await rclone("copy", "m:trees/one", "m:trees/two");
  await rclone("check", "--download", source, "m:trees/two");
  await rclone("sync", "m:trees/two", copy);
  expect(await treeOf(copy)).toEqual(await treeOf(source));
  expect(JSON.parse(await rclone("size", "--json", "m:trees"))).toMatchObject({ count: 2 * treeFiles });
  await rclone("purge", "m:trees/two");
  expect(await rclone("lsf", "m:trees")).toBe("one/\n");
  await rclone("purge", "m:trees");
  expect(await rclone("lsd", "m:")).toBe("");
});

it("rclone uploads in parts, reads from the middle, moves, and makes links", async () => {
  await using folder = await TemporaryFolder.make();
  const [file, back] = [join(folder.path, "large"), join(folder.path, "back")];
  const bytes = randomBytes(23 * mib + 1);
  await writeFile(file, bytes);
  await rclone("mkdir", "m:single");
  await rclone("copyto", file, "m:single/large", "--s3-upload-cutoff", "10M", "--s3-chunk-size", "6M");
  expect(await rclone("md5sum", "m:single/large")).toContain(
    (await rclone("md5sum", file)).split(" ")[0] ?? "none",
  );
  await rclone("copyto", "m:single/large", back);
  expect((await readFile(back)).equals(bytes)).toBe(true);
  const middle = await rclone("cat", "m:single/large", "--offset", `${6 * mib - 4}`, "--count", "1000");
  expect(Buffer.from(middle)).toEqual(
    Buffer.from(bytes.subarray(6 * mib - 4, 6 * mib + 996).toString("utf8")),
  );
  const url = (await rclone("link", "m:single/large", "--expire", "10m")).trim();
  expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(bytes)).toBe(true);
  await rclone("moveto", "m:single/large", "m:single/moved");
  await rclone("touch", "m:single/empty");
  expect(await rclone("lsf", "m:single")).toBe("empty\nmoved\n");
  await rclone("backend", "cleanup", "m:single");
  await rclone("deletefile", "m:single/moved");
  expect(await rclone("lsf", "m:single")).toBe("empty\n");
});
