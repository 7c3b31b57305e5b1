import { describe, expect, it } from "vitest";
import { ModelLibrary } from "../model/model-library.ts";
import type { StructureShape } from "../model/shape.ts";
import { FailureSink } from "./limit-check.ts";
import { Validators } from "./validator.ts";

const library = new ModelLibrary();
const validators = new Validators();

function shapeOf(service: string, name: string): StructureShape {
  const shape = library.model(service).structure(name);
  if (shape === undefined) throw new Error(`no shape ${name}`);
  return shape;
}

function failures(service: string, name: string, value: unknown): readonly string[] {
  const validate = validators.validator(shapeOf(service, name));
  const sink = new FailureSink();
  const valid = validate(value, undefined, "");
  validate(value, sink, "");
  // The fast answer and the explanation must never disagree.
  expect(valid).toBe(sink.failures.length === 0);
  return sink.failures;
}

describe("Validators", () => {
  it("passes what satisfies the model", () => {
    const value = { StreamName: "a.B_c-1", Records: [{ Data: Buffer.alloc(0), PartitionKey: "k" }] };
    expect(failures("kinesis", "PutRecordsInput", value)).toEqual([]);
  });

  it("says that a required member is missing, with its path", () => {
    expect(failures("kinesis", "PutRecordsInput", { Records: [{ PartitionKey: "k" }] })).toEqual([
      "Value null at 'records.1.member.data' failed to satisfy constraint: Member must not be null",
    ]);
    expect(failures("kinesis", "PutRecordsInput", { Records: [null] })).toEqual([
      "Value null at 'records.1.member' failed to satisfy constraint: Member must not be null",
    ]);
  });

  it.each([
    [
      "",
      "Value '' at 'streamName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      "a b",
      "Value 'a b' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    ],
    [
      "a".repeat(129),
      `Value '${"a".repeat(129)}' at 'streamName' failed to satisfy constraint: Member must have length less than or equal to 128`,
    ],
    [
      "a\n",
      "Value 'a\n' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    ],
  ])("checks length and pattern: %j", (StreamName, message) => {
    expect(failures("kinesis", "DescribeStreamSummaryInput", { StreamName })).toContain(message);
  });

  it("checks ranges, enum values and the number of elements", () => {
    expect(failures("kinesis", "GetRecordsInput", { ShardIterator: "x", Limit: 10_001 })).toEqual([
      "Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000",
    ]);
    const mode = {
      StreamARN: "arn:aws:kinesis:us-east-1:000000000000:stream/a",
      StreamModeDetails: { StreamMode: "X" },
    };
    expect(failures("kinesis", "UpdateStreamModeInput", mode)).toEqual([
      "Value 'X' at 'streamModeDetails.streamMode' failed to satisfy constraint: Member must satisfy enum value set: [PROVISIONED, ON_DEMAND]",
    ]);
    expect(failures("kinesis", "PutRecordsInput", { Records: [] })).toEqual([
      "Value '[]' at 'records' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ]);
  });

  it("reports the elements of a list of texts, and the keys and values of a map, together", () => {
    const metrics = { StreamName: "a", ShardLevelMetrics: ["Other", "ALL"] };
    expect(failures("kinesis", "EnableEnhancedMonitoringInput", metrics)[0]).toMatch(
      /^Value '\[Other, ALL\]' at 'shardLevelMetrics' failed to satisfy constraint: Member must satisfy constraint: \[Member must satisfy enum value set: \[/,
    );
    const tags = { StreamName: "a", Tags: { ["k".repeat(129)]: "v".repeat(257) } };
    const [keys, values] = failures("kinesis", "AddTagsToStreamInput", tags);
    expect(keys).toContain(
      "Map keys must satisfy constraint: [Member must have length less than or equal to 128]",
    );
    expect(values).toContain(
      "Map value must satisfy constraint: [Member must have length less than or equal to 256]",
    );
  });

  it("counts characters and not halves of them", () => {
    const astral = "🚀".repeat(128);
    const partition = (PartitionKey: string): readonly string[] =>
      failures("kinesis", "PutRecordsInput", { Records: [{ Data: Buffer.alloc(1), PartitionKey }] });
    expect(partition(astral + astral)).toEqual([]);
    expect(partition(`${astral}${astral}x`)).toHaveLength(1);
  });

  it("keeps messages short, however much is wrong", () => {
    const Records = Array.from({ length: 500 }, () => ({ PartitionKey: "k".repeat(100_000) }));
    const found = failures("kinesis", "PutRecordsInput", { Records });
    expect(found.length).toBeLessThanOrEqual(20);
    expect(found.join("").length).toBeLessThan(50_000);
  });
});
