import { describe, expect, it } from "vitest";
import { toOffset } from "../../log/port.ts";
import type { BatchIdentity, Partition } from "../sink.ts";
import { extensionOf, objectKey } from "./object-key.ts";
import type { Prefix } from "./prefix.ts";
import { PrefixError } from "./prefix-error.ts";
import { compilePrefixes, type PrefixSettings } from "./prefix-settings.ts";

/** 10:30:05 UTC on August 27, 2018: the instant of AWS's examples. */
const timeMs = Date.UTC(2018, 7, 27, 10, 30, 5);

function evaluate(prefix: Prefix, errorOutputType?: string): string {
  return prefix.evaluate({
    timeMs,
    seed: "s",
    ...(errorOutputType === undefined ? {} : { errorOutputType }),
  });
}

function refusal(settings: PrefixSettings): string {
  try {
    compilePrefixes(settings);
  } catch (error) {
    expect(error).toBeInstanceOf(PrefixError);
    return (error as Error).message.replace(
      "Ths supplied prefix(es) do not satisfy the following constraint: ",
      "",
    );
  }
  throw new Error(`taken: ${JSON.stringify(settings)}`);
}

describe("prefixes", () => {
  it.each([
    [{}, "2018/08/27/10/", "processing-failed/2018/08/27/10/"],
    [{ prefix: "" }, "2018/08/27/10/", "processing-failed/2018/08/27/10/"],
    // Nothing is put between prefix and time: AWS concatenates (probed by floci-io/floci#1857).
    [{ prefix: "legacy" }, "legacy2018/08/27/10/", "legacyprocessing-failed/2018/08/27/10/"],
    [{ prefix: "a/", errorOutputPrefix: "b/" }, "a/2018/08/27/10/", "b/processing-failed/2018/08/27/10/"],
    [
      { errorOutputPrefix: "myFirehoseFailures/!{firehose:error-output-type}/" },
      "2018/08/27/10/",
      "myFirehoseFailures/processing-failed/",
    ],
    [
      {
        prefix:
          "myPrefix/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/",
        errorOutputPrefix:
          "myErrorPrefix/!{timestamp:'year='yyyy'/month='MM'/day='dd'/hour='HH}/!{firehose:error-output-type}",
      },
      "myPrefix/year=2018/month=08/day=27/hour=10/",
      "myErrorPrefix/year=2018/month=08/day=27/hour=10/processing-failed",
    ],
    [
      {
        prefix: "!{timestamp:yyyy/MM/dd/HH}/",
        errorOutputPrefix: "e/!{firehose:error-output-type}!{timestamp:HH}/",
        timeZone: "Asia/Tokyo",
      },
      "2018/08/27/19/",
      "e/processing-failed19/",
    ],
    [{ prefix: "100%!/{a}/$&/" }, "100%!/{a}/$&/2018/08/27/10/", undefined],
  ])("%o", (settings, output, errors) => {
    const prefixes = compilePrefixes(settings);
    expect(evaluate(prefixes.output)).toBe(output);
    if (errors !== undefined) expect(evaluate(prefixes.errors, "processing-failed")).toBe(errors);
  });

  it("writes another random string at each place, the same for the same seed", () => {
    const settings = {
      prefix: "!{firehose:random-string}/!{firehose:random-string}/",
      errorOutputPrefix: "!{firehose:error-output-type}/",
    };
    const { output } = compilePrefixes(settings);
    const [first = "", second = ""] = evaluate(output).split("/");
    expect(first).toMatch(/^[A-Za-z0-9]{11}$/);
    expect(second).toMatch(/^[A-Za-z0-9]{11}$/);
    expect(second).not.toBe(first);
    expect(evaluate(output)).toBe(evaluate(compilePrefixes(settings).output));
    expect(output.evaluate({ timeMs, seed: "other" })).not.toBe(evaluate(output));
  });
});

describe("refused prefixes", () => {
  const errors = "!{firehose:error-output-type}/";

  it.each([
    [
      { prefix: "!{timestamp:yyyy}/" },
      "ErrorOutputPrefix cannot be null or empty when Prefix contains expressions",
    ],
    [
      { prefix: "a/", errorOutputPrefix: "!{timestamp:yyyy}/" },
      "ErrorOutputPrefix must contain at least one occurrence of !{firehose:error-output-type}",
    ],
    [
      { prefix: `${errors}`, errorOutputPrefix: errors },
      "Prefix must not contain any occurrence of !{firehose:error-output-type}",
    ],
    [
      { errorOutputPrefix: `${errors}!{partitionKeyFromQuery:a}/` },
      "Dynamic Partitioning Namespaces can't be part of an error prefix expression",
    ],
    [{ prefix: "a!{b", errorOutputPrefix: errors }, "Invalid expression usage"],
    [{ prefix: "!{timestamp}", errorOutputPrefix: errors }, "Invalid expression usage"],
    [{ prefix: "!{timestamp:!{timestamp:yyyy}}", errorOutputPrefix: errors }, "Invalid expression usage"],
    [
      { prefix: "!{date:yyyy}", errorOutputPrefix: errors },
      "Namespace to the left of colon (date) is an invalid keyword!",
    ],
    [
      { prefix: "!{timestamp:yyyy-T}", errorOutputPrefix: errors },
      "Invalid conversion character used in the value of the expression in Prefix",
    ],
    [
      { prefix: "!{timestamp:}", errorOutputPrefix: errors },
      "Invalid conversion character used in the value of the expression in Prefix",
    ],
    [
      { errorOutputPrefix: `${errors}!{firehose:stream}` },
      "Invalid conversion character used in the value of the expression in ErrorOutputPrefix",
    ],
    [
      { prefix: "!{partitionKeyFromQuery:}", errorOutputPrefix: errors, dynamicPartitioning: true },
      "Invalid conversion character used in the value of the expression in Prefix",
    ],
    [{ prefix: "p".repeat(500) }, "Length of evaluated prefix cannot be greater than 512"],
    [
      { errorOutputPrefix: `${"p".repeat(520)}${errors}` },
      "Length of evaluated ErrorOutputPrefix cannot be greater than 512",
    ],
    [{ prefix: "日".repeat(400) }, "Length of evaluated prefix cannot be greater than 512"],
    [
      { prefix: "a/", errorOutputPrefix: errors, dynamicPartitioning: true },
      "S3 Prefix should contain Dynamic Partitioning namespaces when Dynamic Partitioning is enabled",
    ],
  ])("%o", (settings, message) => {
    expect(refusal(settings)).toBe(message);
  });

  it("says AWS's sentence before the constraint", () => {
    expect(() => compilePrefixes({ prefix: "!{" })).toThrow(
      "Ths supplied prefix(es) do not satisfy the following constraint: Invalid expression usage",
    );
  });

  it("takes plain prefixes only for Redshift", () => {
    expect(refusal({ prefix: "!{timestamp:yyyy}", errorOutputPrefix: errors, expressions: false })).toContain(
      "Redshift",
    );
    expect(compilePrefixes({ prefix: "a/", expressions: false }).output).toBeDefined();
  });

  it("reads hostile text in one pass", () => {
    expect(refusal({ prefix: "!{".repeat(100_000) })).toBe("Invalid expression usage");
    expect(refusal({ prefix: `!{timestamp:${"'".repeat(99_999)}}`, errorOutputPrefix: errors })).toContain(
      "Invalid",
    );
  });
});

describe("partitions", () => {
  const { output } = compilePrefixes({
    prefix: "c=!{partitionKeyFromQuery:c}/d=!{partitionKeyFromLambda:d}/!{timestamp:HH}/",
    errorOutputPrefix: "!{firehose:error-output-type}/",
    dynamicPartitioning: true,
  });

  it("names the keys that it needs", () => {
    expect([output.queryKeys, output.lambdaKeys]).toEqual([["c"], ["d"]]);
  });

  it("tells records apart by the keys in the prefix only", () => {
    const one = output.partitionOf({ query: { c: "1", unused: "x" }, lambda: { d: "2" } });
    const same = output.partitionOf({ query: { c: "1", unused: "y" }, lambda: { d: "2" } });
    const other = output.partitionOf({ query: { c: "12" }, lambda: { d: "" } });
    expect(one).toEqual(same);
    expect(one).toMatchObject({ id: '["1","2"]' });
    expect(other).toHaveProperty("problem");
  });

  it.each([
    [undefined],
    [{}],
    [{ query: { c: "1" } }],
    [{ query: { c: "" }, lambda: { d: "2" } }],
    [{ query: {}, lambda: { d: "2" } }],
  ])("finds no partition for %o", (keys) => {
    expect(output.partitionOf(keys)).toHaveProperty("problem");
  });

  it("does not take inherited members for keys", () => {
    const inherits = compilePrefixes({
      prefix: "!{partitionKeyFromQuery:constructor}/!{partitionKeyFromQuery:__proto__}/",
      errorOutputPrefix: "!{firehose:error-output-type}/",
      dynamicPartitioning: true,
    }).output;
    expect(inherits.partitionOf({ query: {} })).toHaveProperty("problem");
    const keys = JSON.parse('{"constructor":"a","__proto__":"b"}') as Record<string, string>;
    const partition = inherits.partitionOf({ query: keys }) as Partition;
    expect(inherits.evaluate({ timeMs, seed: "", keys: partition.keys ?? {} })).toBe("a/b/");
  });

  it("refuses values that make the prefix too long", () => {
    expect(output.partitionOf({ query: { c: "x".repeat(600) }, lambda: { d: "2" } })).toEqual({
      problem: "Length of evaluated prefix cannot be greater than 512",
    });
    expect(output.partitionOf({ query: { c: "日".repeat(300) }, lambda: { d: "2" } })).toHaveProperty(
      "problem",
    );
  });
});

describe("object keys", () => {
  const identity: BatchIdentity = {
    scope: "stream/destination",
    partition: { id: "" },
    firstOffset: toOffset(42),
    firstArrivalTimeMs: timeMs,
  };
  const naming = { prefix: compilePrefixes({}).output, streamName: "clicks", version: "1", extension: ".gz" };

  it("has the parts that AWS documents", () => {
    expect(objectKey(identity, naming)).toMatch(
      /^2018\/08\/27\/10\/clicks-1-2018-08-27-10-30-05-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\.gz$/,
    );
  });

  it("is in the zone of the prefix", () => {
    const timeZone = "Asia/Tokyo";
    const key = objectKey(identity, { ...naming, prefix: compilePrefixes({ timeZone }).output, timeZone });
    expect(key).toContain("2018/08/27/19/clicks-1-2018-08-27-19-30-05-");
  });

  it("is a function of the batch and the version", () => {
    const key = objectKey(identity, naming);
    expect(objectKey({ ...identity, partition: { id: "" } }, { ...naming })).toBe(key);
    const others = [
      objectKey({ ...identity, scope: "stream/backup" }, naming),
      objectKey({ ...identity, firstOffset: toOffset(43) }, naming),
      objectKey({ ...identity, partition: { id: "a" } }, naming),
      objectKey(identity, { ...naming, version: "2" }),
    ];
    expect(new Set([key, ...others]).size).toBe(5);
  });

  it("shows the type of errors and the partition's keys", () => {
    const { output, errors } = compilePrefixes({
      prefix: "c=!{partitionKeyFromQuery:c}/",
      errorOutputPrefix: "e/!{firehose:error-output-type}/",
      dynamicPartitioning: true,
    });
    const partition = output.partitionOf({ query: { c: "Zürich/1" } }) as Partition;
    expect(objectKey({ ...identity, partition }, { ...naming, prefix: output })).toMatch(
      /^c=Zürich\/1\/clicks-1-/,
    );
    const failed = { id: "e", errorOutputType: "processing-failed" };
    expect(objectKey({ ...identity, partition: failed }, { ...naming, prefix: errors })).toMatch(
      /^e\/processing-failed\/clicks-1-/,
    );
  });

  it("fits into S3's keys, whatever was taken", () => {
    const prefix = compilePrefixes({ prefix: "日".repeat(231) }).output;
    const longest = {
      prefix,
      streamName: "s".repeat(64),
      version: "1000000000",
      extension: `.${"e".repeat(127)}`,
    };
    expect(Buffer.byteLength(objectKey(identity, longest))).toBeLessThanOrEqual(1024);
  });
});

describe("extensions", () => {
  it.each([
    [{}, ""],
    [{ compression: "UNCOMPRESSED" }, ""],
    [{ compression: "GZIP" }, ".gz"],
    [{ compression: "ZIP" }, ".zip"],
    [{ compression: "Snappy" }, ".snappy"],
    [{ compression: "HADOOP_SNAPPY" }, ".snappy"],
    [{ format: "parquet" as const }, ".parquet"],
    [{ fileExtension: ".custom.log", compression: "GZIP" }, ".custom.log"],
    [{ fileExtension: "", compression: "GZIP" }, ".gz"],
  ])("%o is %s", (settings, extension) => {
    expect(extensionOf(settings)).toBe(extension);
  });
});
