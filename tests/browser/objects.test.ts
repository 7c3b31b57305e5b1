import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { expectNoBarriers } from "../fixtures/axe.ts";
import { ConsoleInBrowser } from "../fixtures/browser.ts";
import { repositoryRoot } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const lines = Array.from({ length: 30_000 }, (_, i) => JSON.stringify({ n: i, city: `City ${i % 97}` }));

let browser: ConsoleInBrowser;
let s3: S3Client;
beforeAll(async () => {
  browser = await ConsoleInBrowser.start();
  s3 = s3Client(browser.millrace.url);
  for (const Bucket of ["lake", "versions", "many"]) await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(
    new PutBucketVersioningCommand({ Bucket: "versions", VersioningConfiguration: { Status: "Enabled" } }),
  );
  const names = await readFile(join(repositoryRoot, "tests/fixtures/thousand-names.parquet"));
  await put({ Bucket: "lake", Key: "raw/2024/names.parquet", Body: names });
  await put({ Bucket: "lake", Key: "raw/2024/cities.csv", Body: 'city,people\n"Rome, the old",2\nBonn,1\n' });
  await put({
    Bucket: "lake",
    Key: "raw/lines.gz",
    Body: gzipSync(lines.join("\n")),
    ContentEncoding: "gzip",
  });
  await put({ Bucket: "lake", Key: "raw/firehose-1", Body: lines.slice(0, 3).join("") });
  await put({ Bucket: "lake", Key: "raw/bytes.bin", Body: new Uint8Array([0, 1, 2, 0xff]) });
  await put({
    Bucket: "lake",
    Key: "raw/page.html",
    Body: "<script>document.title = 'taken over'</script>",
    ContentType: "text/html",
  });
});
afterAll(async () => {
  s3.destroy();
  await browser[Symbol.asyncDispose]();
});

const put = (input: PutObjectCommandInput): Promise<unknown> => s3.send(new PutObjectCommand(input));

it("leads from buckets through folders to the rows of a Parquet file", async () => {
  const { page } = browser;
  await browser.open("objects");
  await page.getByRole("row", { name: /^lake/ }).click();
  await page.getByText("raw/", { exact: true }).click();
  await page.getByText("2024/", { exact: true }).click();
  await page.waitForURL(/prefix=raw%2F2024%2F/);
  await page.getByText("names.parquet", { exact: true }).click();
  await page.getByText("1 to 500 of 1,000").waitFor();
  await page.getByRole("button", { name: "Rows behind" }).click();
  await page.getByText("501 to 1,000 of 1,000").waitFor();
  await browser.screenshot("objects-parquet");
  await page.getByRole("tab", { name: "Columns" }).click();
  await page.getByRole("grid", { name: "columns" }).getByRole("row").first().waitFor();
  await page.getByRole("tab", { name: "Row groups" }).click();
  await page.getByRole("grid", { name: "row groups" }).getByText("1,000").waitFor();
  expect(browser.problems).toEqual([]);
});

it("shows CSV, gzip, values one behind the other, bytes, and HTML as text", async () => {
  const { page } = browser;
  const rows = page.getByRole("table", { name: "Rows" });
  await browser.open("objects/lake/object?key=raw/2024/cities.csv");
  await rows.getByRole("columnheader", { name: "people" }).waitFor();
  await rows.getByText("Rome, the old").click();
  await page.getByRole("dialog").getByText("Rome, the old").waitFor();
  await page.keyboard.press("Escape");

  await browser.open("objects/lake/object?key=raw/lines.gz");
  await page.getByText(/20,000 rows, 2 columns, and more/).waitFor();
  await rows.getByText("City 1", { exact: true }).waitFor();
  expect(await rows.getByRole("row").count()).toBeLessThan(80);

  await browser.open("objects/lake/object?key=raw/firehose-1");
  await page.getByText(/^3 rows, 2 columns$/).waitFor();

  await browser.open("objects/lake/object?key=raw/bytes.bin");
  await page.getByText("00 01 02 ff").waitFor();

  await browser.open("objects/lake/object?key=raw/page.html");
  await page.getByText("<script>document.title").waitFor();
  expect(await page.title()).toBe("page.html · Millrace");
  expect(browser.problems).toEqual([]);
});

it("uploads small files and large ones in parts, and downloads them again", async () => {
  const { page } = browser;
  const large = Buffer.alloc(20 * 1024 * 1024 + 5, "0123456789");
  await browser.open("objects/lake?prefix=up/");
  await page.locator('input[type="file"]').setInputFiles([
    { name: "small ü.txt", mimeType: "text/plain", buffer: Buffer.from("hello") },
    { name: "large.bin", mimeType: "application/octet-stream", buffer: large },
  ]);
  await page.getByText("2 uploaded").waitFor();
  const small = await s3.send(new HeadObjectCommand({ Bucket: "lake", Key: "up/small ü.txt" }));
  expect([small.ContentType, small.ContentLength]).toEqual(["text/plain", 5]);
  const kept = await s3.send(new GetObjectCommand({ Bucket: "lake", Key: "up/large.bin" }));
  expect(Buffer.from((await kept.Body?.transformToByteArray()) ?? []).equals(large)).toBe(true);
  expect(kept.ETag).toMatch(/-3"$/);

  await page.getByText("small ü.txt", { exact: true }).last().waitFor();
  await browser.open(`objects/lake/object?${new URLSearchParams({ key: "up/small ü.txt" })}`);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("small ü.txt");
  expect(await readFile(await download.path(), "utf8")).toBe("hello");

  await page.getByRole("button", { name: "Share" }).click();
  const url = await page.getByRole("dialog").getByText("X-Amz-Signature").textContent();
  expect(await (await fetch(url ?? "")).text()).toBe("hello");
  expect(browser.problems).toEqual([]);
});

it("takes files that are dropped", async () => {
  const { page } = browser;
  await browser.open("objects/lake?prefix=dropped/");
  await page.getByText("Nothing is here").waitFor();
  const data = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["a,b\\n1,2\\n"], "dropped.csv", { type: "text/csv" }));
    return transfer;
  })()`);
  await page.getByText("Nothing is here").dispatchEvent("drop", { dataTransfer: data });
  await page.getByText("1 uploaded").waitFor();
  await page.getByRole("grid", { name: "objects" }).getByText("dropped.csv").waitFor();
  expect(browser.problems).toEqual([]);
});

it("brings back an earlier version, and what a delete marker hides", async () => {
  const { page } = browser;
  const object = { Bucket: "versions", Key: "notes.txt" };
  for (const Body of ["first", "second"]) await put({ ...object, Body });
  await s3.send(new DeleteObjectCommand(object));
  await browser.open("objects/versions");
  await page.getByText("Nothing is here").waitFor();
  await page.getByRole("switch", { name: "All versions" }).click();
  await expect.poll(() => page.getByRole("row").count()).toBe(3);
  await page.getByRole("checkbox", { name: "Select notes.txt" }).first().check();
  await page.getByRole("button", { name: "Delete 1" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByText("1 deleted.").waitFor();
  await expect.poll(() => page.getByRole("row").count()).toBe(2);

  await browser.open("objects/versions/object?key=notes.txt&tab=versions");
  await page.getByRole("button", { name: "Restore: copy it on top" }).click();
  await expect.poll(() => page.getByRole("row").count()).toBe(3);
  const { Body } = await s3.send(new GetObjectCommand(object));
  expect(await Body?.transformToString()).toBe("first");
  expect(browser.problems).toEqual([]);
});

it("keeps tags, and a bucket's policy or AWS's reason against it", async () => {
  const { page } = browser;
  await browser.open("objects/lake/object?key=raw/bytes.bin&tab=tags");
  await page.getByRole("button", { name: "Add" }).click();
  await page.getByLabel("Tags: key 1").fill("team");
  await page.getByLabel("Tags: value 1").fill("data");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Tags: saved.").waitFor();
  const { TagSet } = await s3.send(new GetObjectTaggingCommand({ Bucket: "lake", Key: "raw/bytes.bin" }));
  expect(TagSet).toEqual([{ Key: "team", Value: "data" }]);

  await browser.open("objects/lake?tab=settings&setting=policy");
  await page.getByRole("button", { name: "Begin with an example" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Policy: saved.").waitFor();
  const { Policy = "" } = await s3.send(new GetBucketPolicyCommand({ Bucket: "lake" }));
  expect(Policy).toContain("arn:aws:s3:::lake/*");
  await browser.screenshot("objects-policy", "light");
  const editor = page.locator(".cm-content");
  await editor.fill('{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}');
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("MalformedPolicy").waitFor();
  await editor.fill("{");
  await expect.poll(() => page.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
  expect(browser.problems).toEqual([]);
});

it("lists 10,000 keys, finds one of them, and reads on when asked", async () => {
  const { page } = browser;
  const keys = Array.from({ length: 10_500 }, (_, i) => `k-${`${i}`.padStart(5, "0")}`);
  for (let at = 0; at < keys.length; at += 500)
    await Promise.all(keys.slice(at, at + 500).map((Key) => put({ Bucket: "many", Key, Body: "x" })));
  await browser.open("objects/many");
  await page.getByText("10,000 objects").waitFor();
  expect(await page.getByRole("row").count()).toBeLessThan(60);
  await page.getByRole("button", { name: "Read more" }).click();
  await page.getByText("10,500 objects").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("k-104");
  await page.getByText("100 of 10,500 objects").waitFor();
  expect(browser.problems).toEqual([]);
}, 120_000);

it("creates a bucket, and says why one cannot be deleted", async () => {
  const { page } = browser;
  await browser.open("objects");
  await page.getByRole("button", { name: "Create bucket" }).click();
  await page.getByLabel("Name").fill("Not A Name");
  await page.keyboard.press("Enter");
  await page.getByText("InvalidBucketName").waitFor();
  await page.getByLabel("Name").fill("fresh-bucket");
  await page.keyboard.press("Enter");
  await page.waitForURL(/objects\/fresh-bucket$/);
  await page.getByText("Nothing is here").waitFor();
  await browser.open("objects/lake");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByText("BucketNotEmpty").waitFor();
  expect(browser.problems).toEqual([]);
});

it("has no serious barriers, in the dark and in the light", async () => {
  await expectNoBarriers(browser, {
    objects: "fresh-bucket",
    "objects/lake?prefix=raw/": "bytes.bin",
    "objects/lake?tab=settings": "Encryption of new objects",
    "objects/lake/object?key=raw/2024/cities.csv": "Rome, the old",
    "objects/lake/object?key=raw/2024/cities.csv&tab=properties": "Storage class",
  });
});
