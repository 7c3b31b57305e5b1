import { afterEach, describe, expect, it } from "vitest";
import { ManualClock } from "../../../core/clock.ts";
import { MetadataExtraction } from "./metadata-extraction.ts";
import { recordOf, recordsOf, textsOf } from "./test-records.ts";

const opened: MetadataExtraction[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

function extraction(query: string): MetadataExtraction {
  const created = new MetadataExtraction(query, new ManualClock());
  opened.push(created);
  return created;
}

async function keysOf(query: string, data: string): Promise<unknown> {
  const { records, failed } = await extraction(query).process([recordOf(data)]);
  return failed[0]?.errorMessage ?? records[0]?.partitionKeys?.query;
}

describe("partition keys", () => {
  const data = '{"id":"c1","n":7,"t":true,"at":1565382027,"device":{"kind":"mobile"}}';

  it.each([
    ["{id: .id}", { id: "c1" }],
    ["{id: .id, n: .n, t: .t, kind: .device.kind}", { id: "c1", n: "7", t: "true", kind: "mobile" }],
    ['{year: (.at | strftime("%Y")), id}', { year: "2019", id: "c1" }],
    ["{(.id): .n}", { c1: "7" }],
  ])("%s", async (query, keys) => {
    expect(await keysOf(query, data)).toEqual(keys);
  });

  it("keeps what a function said, and the record's bytes", async () => {
    const record = { ...recordOf(data), partitionKeys: { lambda: { a: "b" } } };
    const { records } = await extraction("{id: .id}").process([record]);
    expect(records).toEqual([{ ...record, partitionKeys: { lambda: { a: "b" }, query: { id: "c1" } } }]);
  });
});

describe("records without partition keys", () => {
  const empty = "partitionKeys values must not be null or empty";

  it.each([
    ["{id: .id}", "text", "Non JSON record provided"],
    ["{id: .id}", "", "Non JSON record provided"],
    ["{id: .id}", '{"id":"a"}{"id":"b"}', "Non JSON record provided"],
    ["{id: .id}", "{}", empty],
    ["{id: .id}", '{"id":null}', empty],
    ["{id: .id}", '{"id":""}', empty],
    ['{id: (.id|tostring|ltrimstr("x"))}', '{"id":"x"}', empty],
    ["{id: .id}", '{"id":{"a":1}}', "partitionKeys values must be strings, numbers or booleans"],
    ["{id: .id}", '{"id":[1]}', "partitionKeys values must be strings, numbers or booleans"],
    ["{id: .id}", "[1]", 'Cannot index array with string "id"'],
    [".id", '{"id":"a"}', "The query must make one object of partition keys of a record"],
    ["{id: .id[]}", '{"id":["a","b"]}', "The query must make one object of partition keys of a record"],
    ["empty", "{}", "The query must make one object of partition keys of a record"],
    ['error("mine")', "{}", "mine"],
  ])("%s of %s", async (query, data, message) => {
    expect(await keysOf(query, data)).toBe(message);
  });

  it("fails them alone, with AWS's code", async () => {
    const records = recordsOf('{"id":"a"}', "text", '{"id":"b"}', "{}", '{"id":"c"}');
    const { records: taken, failed } = await extraction('{id: (.id | . + "")}').process(records);
    expect(textsOf(taken)).toEqual(['{"id":"a"}', '{"id":"b"}', '{"id":"c"}']);
    expect(failed.map(({ record }) => record)).toEqual([records[1], records[3]]);
    expect(failed[0]).toMatchObject({
      outputType: "metadata-extraction-failed",
      errorCode: "DynamicPartitioning.MetadataExtractionFailed",
      attemptsMade: 1,
    });
  });

  it("survives names of JavaScript's own and deep documents", async () => {
    const keys = await keysOf("{constructor, x: .__proto__}", '{"constructor":"a","__proto__":"b"}');
    expect({ ...(keys as object) }).toEqual({ constructor: "a", x: "b" });
    expect(await keysOf("{toString}", "{}")).toBe("partitionKeys values must not be null or empty");
    const deep = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(await keysOf("{k: (.a | length)}", deep)).toEqual(expect.any(String));
  });
});

it.each([
  ["{id: .id}", true],
  ["{id: .now}", true],
  ['{id: (now | strftime("%Y"))}', false],
])("knows whether %s gives the same answer each time", (query, isDeterministic) => {
  expect(extraction(query).isDeterministic).toBe(isDeterministic);
});
