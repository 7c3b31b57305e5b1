import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { SelectObjectContentEventStream, SelectObjectContentRequest } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { codeOf, errorOf, type TestCall, TestS3 } from "../test-s3.ts";

type Request = Partial<SelectObjectContentRequest>;

const csv = { InputSerialization: { CSV: { FileHeaderInfo: "USE" } } } as const;
const lines = { InputSerialization: { JSON: { Type: "LINES" } }, OutputSerialization: { JSON: {} } } as const;
const people = "name,age,city\nAda,36,London\nGrace,85,New York\nAlan,41,London\n";

/** Puts an object and runs a query over it. */
async function select(
  s3: TestS3,
  Body: string | Uint8Array | undefined,
  Expression: string,
  request: Request = {},
  call: TestCall = {},
): Promise<SelectObjectContentEventStream[]> {
  const Bucket = s3.objects.bucket("data")?.name ?? (await s3.bucket());
  if (Body !== undefined) await s3.run("PutObject", { Bucket, Key: "object", Body });
  const { Payload } = await s3.run(
    "SelectObjectContent",
    {
      Bucket,
      Key: "object",
      Expression,
      ExpressionType: "SQL",
      InputSerialization: { CSV: {} },
      OutputSerialization: { CSV: {} },
      ...request,
    },
    call,
  );
  const events: SelectObjectContentEventStream[] = [];
  for await (const event of Payload ?? []) events.push(event);
  return events;
}

function textOf(events: readonly SelectObjectContentEventStream[]): string {
  return Buffer.concat(events.map(({ Records }) => Records?.Payload ?? new Uint8Array())).toString();
}

describe("SelectObjectContent", () => {
  it("answers records, statistics and an end", async () => {
    await using s3 = await TestS3.start();
    const events = await select(
      s3,
      people,
      "SELECT name, s.age FROM S3Object s WHERE s.city = 'London'",
      csv,
    );
    expect(events.map((event) => Object.keys(event)[0])).toEqual(["Records", "Stats", "End"]);
    expect(textOf(events)).toBe("Ada,36\nAlan,41\n");
    expect(events.at(-2)?.Stats?.Details).toEqual({
      BytesScanned: people.length,
      BytesProcessed: people.length,
      BytesReturned: 15,
    });
  });

  it("reads what is encrypted or compressed", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const Body = gzipSync(people);
    await s3.run("PutObject", { Bucket, Key: "object", Body, ServerSideEncryption: "AES256" });
    const InputSerialization = { ...csv.InputSerialization, CompressionType: "GZIP" } as const;
    const events = await select(s3, undefined, "SELECT COUNT(*) AS n FROM S3Object", { InputSerialization });
    expect(textOf(events)).toBe("3\n");
    const details = events.find(({ Stats }) => Stats)?.Stats?.Details;
    expect(details).toMatchObject({ BytesScanned: Body.length, BytesProcessed: people.length });
    const cut = Body.subarray(0, -12);
    expect(await codeOf(select(s3, cut, "SELECT * FROM S3Object", { InputSerialization }))).toBe(
      "TruncatedInput",
    );
    expect(await codeOf(select(s3, people, "SELECT * FROM S3Object", { InputSerialization }))).toBe(
      "InvalidCompressionFormat",
    );
  });

  it("reads JSON", async () => {
    await using s3 = await TestS3.start();
    const events = await select(
      s3,
      '{"id":1,"tags":["a","b"]}\n\n{"id":12345678901234567890,"tags":[],"x":{"y":1.50}}\n',
      "SELECT s.id, s.tags[0] AS first, s.x FROM S3Object s",
      lines,
    );
    expect(textOf(events)).toBe('{"id":1,"first":"a"}\n{"id":12345678901234567890,"x":{"y":1.50}}\n');
  });

  it("refuses what it cannot do before it answers", async () => {
    await using s3 = await TestS3.start();
    const refused = async (expression: string, request: Request = csv): Promise<string> =>
      codeOf(select(s3, people, expression, request));
    expect(await refused("SELECT nobody FROM S3Object")).toBe("MissingHeaders");
    expect(await refused("SELECT CAST(name AS INT) FROM S3Object")).toBe("CastFailed");
    expect(await refused("SELECT * FROM S3Object", { ExpressionType: "JS" as "SQL" })).toBe(
      "InvalidExpressionType",
    );
    expect(await refused("SELECT * FROM S3Object", { Key: "nothing" })).toBe("NoSuchKey");
    expect((await errorOf(select(s3, people, "SELECT * FORM S3Object"))).message).toContain(
      "line 1, column 10",
    );
  });

  it("refuses objects and ranges that S3 Select does not take", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const all = "SELECT * FROM S3Object";
    for (const [StorageClass, code] of [
      ["GLACIER", "InvalidObjectState"],
      ["REDUCED_REDUNDANCY", "UnsupportedStorageClass"],
    ] as const) {
      await s3.run("PutObject", { Bucket, Key: "object", Body: people, StorageClass });
      expect(await codeOf(select(s3, undefined, all))).toBe(code);
    }
    const ScanRange = { Start: 0, End: 10 };
    const refused = (InputSerialization: Request["InputSerialization"]): Promise<string> =>
      codeOf(select(s3, people, all, { ScanRange, InputSerialization }));
    expect(await refused({ CSV: {}, CompressionType: "GZIP" })).toBe("UnsupportedScanRangeInput");
    expect(await refused({ CSV: { AllowQuotedRecordDelimiter: true } })).toBe("UnsupportedScanRangeInput");
    expect(await refused({ JSON: { Type: "DOCUMENT" } })).toBe("UnsupportedScanRangeInput");
    expect(await codeOf(select(s3, people, "SELECT * FROM S3Object.a", csv))).toBe(
      "DataSourcePathUnsupported",
    );
    expect(textOf(await select(s3, people, all, { ScanRange: { Start: 14, End: 20 } }))).toBe(
      "Ada,36,London\n",
    );
  });

  it("needs the client's key again", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const key = { SSECustomerAlgorithm: "AES256", ...keyOf(1) };
    await s3.run("PutObject", { Bucket, Key: "object", Body: people, ...key });
    const count = "SELECT COUNT(*) FROM S3Object";
    expect(textOf(await select(s3, undefined, count, key))).toBe("4\n");
    expect(await codeOf(select(s3, undefined, count))).toBe("InvalidRequest");
    expect(await codeOf(select(s3, undefined, count, { ...key, ...keyOf(2) }))).toBe("AccessDenied");
  });

  it("ends when the client leaves, before it reads or between", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutObject", { Bucket, Key: "object", Body: "x,y\n".repeat(500_000) });
    for (const reads of [0, 1]) {
      const client = new AbortController();
      const { Payload } = await s3.run(
        "SelectObjectContent",
        {
          Bucket,
          Key: "object",
          Expression: "SELECT * FROM S3Object",
          ExpressionType: "SQL",
          InputSerialization: { CSV: {} },
          OutputSerialization: { CSV: {} },
        },
        { signal: client.signal },
      );
      const events = Payload?.[Symbol.asyncIterator]();
      for (let read = 0; read < reads; read++) expect((await events?.next())?.done).toBe(false);
      client.abort();
      // What was made already may still come; nothing is made any more.
      const rest: unknown[] = [];
      for (let next = await events?.next(); next?.done === false; next = await events?.next())
        rest.push(next.value);
      expect(rest.length).toBeLessThanOrEqual(1);
    }
  });

  it("needs what reading the object needs", async () => {
    await using s3 = await TestS3.start();
    await select(s3, people, "SELECT * FROM S3Object");
    expect(
      s3.needs("SelectObjectContent", {
        Bucket: "data",
        Key: "object",
        Expression: "",
        ExpressionType: "SQL",
        InputSerialization: {},
        OutputSerialization: {},
      }),
    ).toEqual(["s3:GetObject arn:aws:s3:::data/object"]);
  });
});

function keyOf(byte: number): { SSECustomerKey: string; SSECustomerKeyMD5: string } {
  const key = Buffer.alloc(32, byte);
  return {
    SSECustomerKey: key.toString("base64"),
    SSECustomerKeyMD5: createHash("md5").update(key).digest("base64"),
  };
}
