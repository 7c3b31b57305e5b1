import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { VerifyingMillrace } from "../../fixtures/verifying-millrace.ts";
import { ClientPrograms } from "./client-programs.ts";
import { TemporaryFolder, treeOf, writeTree } from "./file-tree.ts";

const treeFiles = 200;
const mib = 1024 * 1024;
let millrace: VerifyingMillrace;
let programs: ClientPrograms;

beforeAll(async () => {
  await ClientPrograms.requireS3cmd();
  await ClientPrograms.requireAws();
  millrace = await VerifyingMillrace.start("123456789012");
  programs = new ClientPrograms(millrace);
});
afterAll(() => millrace.dispose());

const s3cmd = (...args: readonly string[]): Promise<string> => programs.s3cmd(...args);

it("s3cmd makes a bucket, syncs there and back, lists, sums, and removes all", async () => {
  await using folder = await TemporaryFolder.make();
  const [source, copy] = [join(folder.path, "source/"), join(folder.path, "copy/")];
  await writeTree(source, treeFiles);
  expect(await s3cmd("mb", "s3://trees")).toContain("created");
  expect(await s3cmd("ls")).toContain("s3://trees");
  await s3cmd("sync", source, "s3://trees/all/");
  await s3cmd("sync", "s3://trees/all/", copy);
  expect(await treeOf(copy)).toEqual(await treeOf(source));
  expect(await s3cmd("sync", source, "s3://trees/all/")).toBe("");
  expect(await s3cmd("du", "s3://trees")).toContain(`${treeFiles} objects s3://trees/`);
  expect(await s3cmd("ls", "s3://trees/all/ümläut/")).toContain("DIR  s3://trees/all/ümläut/世界/");
  await s3cmd("del", "--recursive", "--force", "s3://trees");
  await s3cmd("rb", "s3://trees");
  expect(await s3cmd("ls")).toBe("");
});

it("s3cmd uploads in parts, copies, changes headers, access, policy and lifecycle", async () => {
  await using folder = await TemporaryFolder.make();
  const [file, back] = [join(folder.path, "large"), join(folder.path, "back")];
  const bytes = randomBytes(12 * mib);
  await writeFile(file, bytes);
  await s3cmd("mb", "s3://single");
  await s3cmd("put", file, "s3://single/large", "--multipart-chunk-size-mb=5");
  const etag = (await programs.s3api("head-object", "--bucket", "single", "--key", "large"))["ETag"];
  expect(etag).toMatch(/-3"$/);
  await s3cmd("get", "s3://single/large", back);
  expect((await readFile(back)).equals(bytes)).toBe(true);
  await s3cmd("cp", "s3://single/large", "s3://single/copy +%");
  await s3cmd("modify", "--add-header=x-amz-meta-colour:blue", "s3://single/copy +%");
  const info = await s3cmd("info", "s3://single/copy +%");
  expect(info).toMatch(/File size: 12582912$/m);
  expect(info).toMatch(/x-amz-meta-colour: blue$/m);

  await expect(s3cmd("setacl", "--acl-public", "s3://single/large")).rejects.toThrow(
    "AccessControlListNotSupported",
  );
  const ownership = ["--ownership-controls", "Rules=[{ObjectOwnership=ObjectWriter}]"];
  await programs.s3api("put-bucket-ownership-controls", "--bucket", "single", ...ownership);
  await programs.s3api("delete-public-access-block", "--bucket", "single");
  await s3cmd("setacl", "--acl-public", "s3://single/large");
  expect(await s3cmd("info", "s3://single/large")).toContain("*anon*: READ");
  expect((await fetch(`${millrace.process.url}/single/large`, { method: "HEAD" })).status).toBe(200);

  await s3cmd("expire", "--expiry-days=3", "s3://single");
  expect(await s3cmd("getlifecycle", "s3://single")).toContain("<Days>3</Days>");
  await s3cmd("del", "s3://single/large");
  await expect(s3cmd("info", "s3://single/large")).rejects.toThrow("404");
});
