import { randomBytes } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VerifyingMillrace } from "../../fixtures/verifying-millrace.ts";
import { ClientPrograms } from "./client-programs.ts";
import { TemporaryFolder, treeOf, writeTree } from "./file-tree.ts";

const treeFiles = 10_000;
const mib = 1024 * 1024;
let millrace: VerifyingMillrace;
let programs: ClientPrograms;

beforeAll(async () => {
  await ClientPrograms.requireAws();
  await ClientPrograms.requireRclone();
  millrace = await VerifyingMillrace.start("123456789012");
  programs = new ClientPrograms(millrace);
});
afterAll(() => millrace.dispose());

describe("the AWS CLI's s3 commands", () => {
  it("sync a tree of 10,000 files, which rclone and they bring back as it was", async () => {
    await using folder = await TemporaryFolder.make();
    const [source, copy] = [join(folder.path, "source"), join(folder.path, "copy")];
    await writeTree(source, treeFiles);
    await programs.aws("s3", "mb", "s3://tree");
    await programs.aws("s3", "sync", source, "s3://tree/all", "--only-show-errors");
    await programs.rclone("sync", "m:tree/all", copy, "--transfers", "16");
    const files = await treeOf(source);
    expect(files.size).toBe(treeFiles);
    expect(await treeOf(copy)).toEqual(files);
    for (const name of ["[0-9]{1,2}*", "ümläut"]) {
      const back = join(folder.path, "back", name);
      await programs.aws("s3", "sync", `s3://tree/all/${name}`, back, "--only-show-errors");
      expect(await treeOf(back)).toEqual(await treeOf(join(source, name)));
    }
    const summary = await programs.aws("s3", "ls", "s3://tree/all/", "--recursive", "--summarize");
    expect(summary).toContain(`Total Objects: ${treeFiles}\n`);
    expect((await programs.aws("s3", "ls", "s3://tree/all/")).trim().split("\n")).toHaveLength(10);

    await rm(join(source, "plain"), { recursive: true });
    await writeFile(join(source, "with space", "new"), "new");
    const changes = await programs.aws("s3", "sync", source, "s3://tree/all", "--delete", "--no-progress");
    expect(changes.match(/^delete: /gm)).toHaveLength(treeFiles / 10);
    expect(changes.match(/^upload: /gm)).toHaveLength(1);
  });

  it("cp, mv, rm and presign work on single files, large ones in parts", async () => {
    await using folder = await TemporaryFolder.make();
    const [file, back] = [join(folder.path, "large"), join(folder.path, "back")];
    const bytes = randomBytes(21 * mib + 3);
    await writeFile(file, bytes);
    await programs.aws("s3", "mb", "s3://single");
    await programs.aws("s3", "cp", file, "s3://single/large", "--metadata", "made=here");
    expect(await programs.s3api("head-object", "--bucket", "single", "--key", "large")).toMatchObject({
      ContentLength: bytes.length,
      ETag: expect.stringMatching(/^"[0-9a-f]{32}-3"$/),
      Metadata: { made: "here" },
    });
    // A copy of a large object is made of parts, too.
    await programs.aws("s3", "cp", "s3://single/large", "s3://single/folder/ü +%/copy");
    await programs.aws("s3", "mv", "s3://single/folder/ü +%/copy", back);
    expect((await readFile(back)).equals(bytes)).toBe(true);
    const url = (await programs.aws("s3", "presign", "s3://single/large")).trim();
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(bytes)).toBe(true);
    await programs.aws("s3", "rm", "s3://single/large");
    expect(await programs.aws("s3", "ls", "s3://single", "--recursive")).toBe("");
    await programs.aws("s3", "cp", file, "s3://single/again");
    await programs.aws("s3", "rb", "s3://single", "--force");
    expect((await programs.tryAws("s3", "ls", "s3://single")).stderr).toContain("NoSuchBucket");
    await programs.aws("s3", "mb", "s3://single");
    const missing = await programs.tryAws("s3", "cp", "s3://single/large", back);
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toContain("(404) when calling the HeadObject operation");
  });
});
