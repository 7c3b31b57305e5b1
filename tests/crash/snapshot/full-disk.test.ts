import { randomBytes } from "node:crypto";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { SnapshotError, saveSnapshot } from "../../../packages/millrace/src/server/snapshot/index.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { s3Client } from "../../fixtures/s3-client.ts";
import { SmallDisk } from "../../fixtures/small-disk.ts";

it("a disk that is full while a snapshot is saved costs nothing but the snapshot", async () => {
  using disk = new SmallDisk(24);
  const millrace = await MillraceProcess.start({ dataFolder: join(disk.dir, "data") });
  const s3 = s3Client(millrace.url, { maxAttempts: 1 });
  try {
    const Body = randomBytes(14_000_000);
    await s3.send(new CreateBucketCommand({ Bucket: "big" }));
    await s3.send(new PutObjectCommand({ Bucket: "big", Key: "object", Body }));
    const answer = await fetch(`${millrace.url}/_millrace/snapshot`);
    expect(answer.status).toBe(507);
    expect(await answer.json()).toMatchObject({ code: "InsufficientStorage" });
    const found = await s3.send(new GetObjectCommand({ Bucket: "big", Key: "object" }));
    expect(Buffer.from((await found.Body?.transformToByteArray()) ?? [])).toEqual(Body);
    await s3.send(new PutObjectCommand({ Bucket: "big", Key: "another", Body: randomBytes(4_000_000) }));
    expect((await readdir(join(disk.dir, "data/scratch"))).filter((name) => name.endsWith(".zst"))).toEqual(
      [],
    );
  } finally {
    s3.destroy();
    await millrace.dispose();
  }
});

it("a snapshot that is saved beside Millrace leaves no part of a file", async () => {
  using disk = new SmallDisk(4);
  const directory = join(disk.dir, "data");
  await mkdir(join(directory, "kinesis"), { recursive: true });
  await writeFile(join(directory, "kinesis/segment"), randomBytes(2_500_000));
  const failure = await saveSnapshot(directory, join(disk.dir, "file")).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(SnapshotError);
  expect((failure as Error).message).toContain("no space");
  expect(await readdir(disk.dir)).toEqual(["data"]);
});
