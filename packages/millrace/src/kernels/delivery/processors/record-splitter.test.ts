import { describe, expect, it } from "vitest";
import { delimitedParts, jsonParts, RecordSplitter } from "./record-splitter.ts";
import { recordOf, recordsOf, textsOf } from "./test-records.ts";

async function split(data: string, delimiter?: string): Promise<readonly string[]> {
  const splitter = new RecordSplitter(
    delimiter === undefined ? jsonParts : delimitedParts(Buffer.from(delimiter)),
  );
  const { records, failed } = await splitter.process([recordOf(data, 7)]);
  expect(failed).toEqual([]);
  expect(records.every(({ offset, arrivalTimeMs }) => offset === 7 && arrivalTimeMs === 7)).toBe(true);
  return textsOf(records);
}

describe("JSON objects in a record", () => {
  it.each([
    ['{"a":1}', ['{"a":1}']],
    ['{"a":1}{"b":2}', ['{"a":1}', '{"b":2}']],
    ['{"a":1}\n{"b":2}\r\n', ['{"a":1}', '{"b":2}']],
    [' [ {"a":1} , {"b":{"c":[2]}} ] ', ['{"a":1}', '{"b":{"c":[2]}}']],
    ['{"a":"}{\\"\\\\"}{"b":"é}"}', ['{"a":"}{\\"\\\\"}', '{"b":"é}"}']],
  ])("takes %s apart", async (data, parts) => {
    expect(await split(data)).toEqual(parts);
  });

  it.each([
    [""],
    ["text"],
    ["[1,2]"],
    ["[]"],
    ['{"a":1} and more'],
    ['{"a":1}{"b"'],
    ['{"a":"never ends}'],
    ['[{"a":1}'],
    ['[{"a":1},]'],
    ['[{"a":1}]{"b":2}'],
  ])("hands on %s whole", async (data) => {
    expect(await split(data)).toEqual([data]);
  });

  it("hands on a record of more than 500 objects whole, as Firehose does", async () => {
    expect(await split('{"a":1}'.repeat(500))).toHaveLength(500);
    expect(await split('{"a":1}'.repeat(501))).toHaveLength(1);
  });

  it("reads hostile nesting in one pass", async () => {
    const data = '{"a":'.repeat(200_000);
    expect(await split(data)).toEqual([data]);
  });
});

describe("delimited records", () => {
  it.each([
    ["a|b|c", "|", ["a", "b", "c"]],
    ["a||b|", "|", ["a", "b"]],
    ["a##b#c", "##", ["a", "b#c"]],
    ["|||", "|", ["|||"]],
    ["", "|", [""]],
  ])("splits %s at %s", async (data, delimiter, parts) => {
    expect(await split(data, delimiter)).toEqual(parts);
  });
});

it("keeps the order of several records", async () => {
  const { records } = await new RecordSplitter(jsonParts).process(recordsOf('{"a":1}{"a":2}', '{"a":3}'));
  expect(textsOf(records)).toEqual(['{"a":1}', '{"a":2}', '{"a":3}']);
});
