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
});
