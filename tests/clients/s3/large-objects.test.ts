import { readFile, writeFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { s3Client } from "../../fixtures/s3-client.ts";
import { checkPattern, patternedStream } from "./patterned-stream.ts";

const mib = 1024 * 1024;
const gib = 1024 * mib;
const maxAdditionalBytes = 100 * mib;
const Bucket = "large";
let millrace: MillraceProcess;
let client: S3Client;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  client = s3Client(millrace.url);
  await client.send(new CreateBucketCommand({ Bucket }));
  // What is loaded once is no part of what an object needs.
  for (let i = 0; i < 20; i++) {
    await client.send(new PutObjectCommand({ Bucket, Key: "small", Body: Buffer.alloc(mib) }));
    await (await client.send(new GetObjectCommand({ Bucket, Key: "small" }))).Body?.transformToByteArray();
  }
});
afterAll(async () => {
  client.destroy();
  await millrace.dispose();
});

async function read(Key: string): Promise<number> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return checkPattern(Body as Readable);
}

/** A line of the kernel's about the process that runs Millrace, in bytes. */
async function memoryOf(line: "VmRSS" | "VmHWM"): Promise<number> {
  const status = await readFile(`/proc/${millrace.pid}/status`, "utf8");
  const kibibytes = new RegExp(`^${line}:\\s+(\\d+) kB$`, "m").exec(status)?.[1];
  if (kibibytes === undefined) throw new Error(`the kernel does not say ${line}:\n${status}`);
  return Number(kibibytes) * 1024;
}

/** How much more memory Millrace had at most while something was done, than before. */
async function additionalBytes(doing: () => Promise<unknown>): Promise<number> {
  const before = await memoryOf("VmRSS");
  // Linux forgets the peak and counts it anew (proc_pid_clear_refs(5)).
  await writeFile(`/proc/${millrace.pid}/clear_refs`, "5");
  await doing();
  return (await memoryOf("VmHWM")) - before;
}

it("5 GiB come in parts and are read back within 100 MiB of memory", async () => {
  const totalBytes = 5 * gib;
  const upload = async (): Promise<void> => {
    const params = { Bucket, Key: "parts", Body: patternedStream(totalBytes) };
    await new Upload({ client, params, partSize: 32 * mib, queueSize: 3 }).done();
  };
  expect(await additionalBytes(upload)).toBeLessThan(maxAdditionalBytes);
  const readAll = async (): Promise<void> => expect(await read("parts")).toBe(totalBytes);
  expect(await additionalBytes(readAll)).toBeLessThan(maxAdditionalBytes);
});

it("2.5 GiB come in one request, with a checksum behind them, within 100 MiB of memory", async () => {
  const totalBytes = 2.5 * gib;
  const put = async (): Promise<void> => {
    const Body = patternedStream(totalBytes);
    const command = new PutObjectCommand({ Bucket, Key: "one", Body, ContentLength: totalBytes });
    expect(await client.send(command)).toMatchObject({ ChecksumCRC32: expect.any(String) });
  };
  expect(await additionalBytes(put)).toBeLessThan(maxAdditionalBytes);
  const readAll = async (): Promise<void> => expect(await read("one")).toBe(totalBytes);
  expect(await additionalBytes(readAll)).toBeLessThan(maxAdditionalBytes);
});
