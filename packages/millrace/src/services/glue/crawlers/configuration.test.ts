import { describe, expect, it } from "vitest";
import { ConfigurationError, parseConfiguration } from "./configuration.ts";

const plain = {
  mergesNewColumns: false,
  partitionsInherit: false,
  tableThreshold: undefined,
  combinesSchemas: false,
  tableLevel: undefined,
  createsPartitionIndex: false,
};

describe("a crawler's configuration", () => {
  it("may be left out", () => {
    expect(parseConfiguration(undefined)).toEqual(plain);
    expect(parseConfiguration("")).toEqual(plain);
    expect(parseConfiguration('{"Version":1.0}')).toEqual(plain);
    expect(parseConfiguration('{"Version":"1.0"}')).toEqual(plain);
  });

  it("says all that Glue documents", () => {
    const text = JSON.stringify({
      Version: 1.0,
      CrawlerOutput: {
        Partitions: { AddOrUpdateBehavior: "InheritFromTable" },
        Tables: { AddOrUpdateBehavior: "MergeNewColumns", TableThreshold: 5 },
      },
      Grouping: { TableGroupingPolicy: "CombineCompatibleSchemas", TableLevelConfiguration: 2 },
      CreatePartitionIndex: true,
    });
    expect(parseConfiguration(text)).toEqual({
      mergesNewColumns: true,
      partitionsInherit: true,
      tableThreshold: 5,
      combinesSchemas: true,
      tableLevel: 2,
      createsPartitionIndex: true,
    });
  });

  it.each([
    ["{", "not valid JSON"],
    ["[]", "JSON object"],
    ["null", "JSON object"],
    ["{}", "Version"],
    ['{"Version":2}', "Version"],
    ['{"Version":1,"Groupings":{}}', '"Groupings"'],
    ['{"Version":1,"Grouping":{"TableGroupingPolicy":"All"}}', "CombineCompatibleSchemas"],
    ['{"Version":1,"Grouping":{"TableLevelConfiguration":0}}', "TableLevelConfiguration"],
    ['{"Version":1,"Grouping":{"TableLevelConfiguration":"2"}}', "TableLevelConfiguration"],
    ['{"Version":1,"CrawlerOutput":{"Tables":{"TableThreshold":1.5}}}', "TableThreshold"],
    ['{"Version":1,"CrawlerOutput":{"Tables":[]}}', "Tables"],
    ['{"Version":1,"CrawlerOutput":{"Partitions":{"Behavior":"x"}}}', '"Behavior"'],
    ['{"Version":1,"CreatePartitionIndex":"yes"}', "CreatePartitionIndex"],
    ['{"Version":1,"__proto__":{}}', "__proto__"],
    [JSON.stringify({ Version: 1, x: "y".repeat(70_000) }), "characters"],
  ])("refuses %.60s", (text, what) => {
    expect(() => parseConfiguration(text)).toThrow(ConfigurationError);
    expect(() => parseConfiguration(text)).toThrow(what);
  });
});
