import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  CreateBucketCommand,
  PutObjectCommand,
  S3Client,
  SelectObjectContentCommand,
  type SelectObjectContentCommandInput,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess, repositoryRoot } from "../../fixtures/millrace-process.ts";

const Bucket = "questions";
let millrace: MillraceProcess;
let s3: S3Client;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  s3 = new S3Client({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    forcePathStyle: true,
    maxAttempts: 1,
  });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  s3.destroy();
  await millrace.dispose();
});

interface Answer {
  readonly text: string;
  /** The kinds of events, repetitions left out. */
  readonly kinds: readonly string[];
  readonly scanned: number | undefined;
}

async function select(
  Key: string,
  Expression: string,
  more: Partial<SelectObjectContentCommandInput> = {},
): Promise<Answer> {
  const { Payload } = await s3.send(
    new SelectObjectContentCommand({
      Bucket,
      Key,
      Expression,
      ExpressionType: "SQL",
      InputSerialization: { CSV: { FileHeaderInfo: "USE" } },
      OutputSerialization: { JSON: {} },
      ...more,
    }),
  );
  const parts: Uint8Array[] = [];
  const kinds: string[] = [];
  let scanned: number | undefined;
  for await (const event of Payload ?? []) {
    const [kind = ""] = Object.keys(event);
    if (kinds.at(-1) !== kind) kinds.push(kind);
    if (event.Records?.Payload !== undefined) parts.push(event.Records.Payload);
    scanned = event.Stats?.Details?.BytesScanned ?? scanned;
  }
  return { text: Buffer.concat(parts).toString(), kinds, scanned };
}

const put = (Key: string, Body: string | Uint8Array, more: object = {}): Promise<unknown> =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));

describe("S3 Select with the SDK for JavaScript", () => {
  it("asks CSV, plain, compressed, and under a client's key", async () => {
    const csv = "id,name\n1,Ada\n2,Grace\n";
    const key = randomBytes(32).toString("base64");
    const customer = { SSECustomerAlgorithm: "AES256", SSECustomerKey: key };
    await put("plain.csv", csv);
    await put("small.csv.gz", gzipSync(csv));
    await put("secret.csv", csv, customer);
    const expected = { text: '{"name":"Grace"}\n', kinds: ["Records", "Stats", "End"] };
    const expression = "SELECT s.name FROM S3Object s WHERE s.id > 1";
    expect(await select("plain.csv", expression)).toEqual({ ...expected, scanned: csv.length });
    expect(await select("secret.csv", expression, customer)).toMatchObject(expected);
    expect(
      await select("small.csv.gz", expression, {
        InputSerialization: { CSV: { FileHeaderInfo: "USE" }, CompressionType: "GZIP" },
        RequestProgress: { Enabled: true },
      }),
    ).toMatchObject({ ...expected, kinds: ["Records", "Progress", "Stats", "End"] });
    await expect(select("secret.csv", expression)).rejects.toMatchObject({ name: "InvalidRequest" });
  });

  it("asks JSON and Parquet", async () => {
    await put("lines.json", '{"a":{"b":[1,2]}}\n{"a":null}\n');
    const json = { InputSerialization: { JSON: { Type: "LINES" } } } as const;
    expect((await select("lines.json", "SELECT s.a.b[1] AS x FROM S3Object s", json)).text).toBe(
      '{"x":2}\n{}\n',
    );
    // A column `id` from 0 to 999 and a column `name`, which is `n` and the id.
    const body = await readFile(join(repositoryRoot, "tests/fixtures/thousand-names.parquet"));
    const parquet = { InputSerialization: { Parquet: {} }, OutputSerialization: { CSV: {} } } as const;
    for (const [Key, more] of [
      ["plain.parquet", {}],
      ["secret.parquet", { ServerSideEncryption: "AES256" }],
    ] as const) {
      await put(Key, body, more);
      expect((await select(Key, "SELECT COUNT(*), MAX(s.id) FROM S3Object s", parquet)).text).toBe(
        "1000,999\n",
      );
      expect((await select(Key, "SELECT name FROM S3Object WHERE id = 5", parquet)).text).toBe("n5\n");
    }
  });

  it("refuses before the answer, and breaks off within it", async () => {
    await put("late.csv", `n\n${"1\n".repeat(900_000)}x\n`);
    await expect(select("late.csv", "SELECT n FORM S3Object")).rejects.toMatchObject({
      name: "ParseSelectMissingFrom",
      $metadata: { httpStatusCode: 400 },
    });
    await expect(select("nothing.csv", "SELECT * FROM S3Object")).rejects.toMatchObject({
      name: "NoSuchKey",
    });
    await expect(select("late.csv", "SELECT CAST(n AS INT) AS number FROM S3Object")).rejects.toMatchObject({
      name: "CastFailed",
      message: expect.stringContaining("'x' is not of type int"),
    });
  });

  it("streams a large answer to a reader that takes its time, and lets go of one that leaves", async () => {
    const line = `${"x".repeat(99)}\n`;
    await put("large.csv", line.repeat(300_000));
    const more = { InputSerialization: { CSV: {} }, OutputSerialization: { CSV: {} } } as const;
    const ask = new SelectObjectContentCommand({
      Bucket,
      Key: "large.csv",
      Expression: "SELECT * FROM S3Object",
      ExpressionType: "SQL",
      ...more,
    });
    for (let round = 0; round < 3; round++) {
      const { Payload } = await s3.send(ask);
      for await (const event of Payload ?? []) if (event.Records !== undefined) break;
    }
    const { text, scanned } = await select("large.csv", "SELECT * FROM S3Object", more);
    expect([text.length, scanned]).toEqual([30_000_000, 30_000_000]);
    const range = await select("large.csv", "SELECT COUNT(*) FROM S3Object", {
      ...more,
      ScanRange: { Start: 50, End: 1_050 },
    });
    expect(range.text).toBe("10\n");
  });
});
