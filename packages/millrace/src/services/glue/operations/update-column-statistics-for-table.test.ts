import type { ColumnStatistics, ColumnStatisticsData } from "@aws-sdk/client-glue";
import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

const place = { DatabaseName: "shop", TableName: "orders" };
const AnalyzedTime = new Date(Date.UTC(2026, 0, 1));
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

const all: Record<string, ColumnStatisticsData> = {
  a: {
    Type: "BOOLEAN",
    BooleanColumnStatisticsData: { NumberOfTrues: 1, NumberOfFalses: 2, NumberOfNulls: 0 },
  },
  b: {
    Type: "DATE",
    DateColumnStatisticsData: {
      MinimumValue: new Date(0),
      MaximumValue: new Date(86_400_000),
      NumberOfNulls: 0,
      NumberOfDistinctValues: 2,
    },
  },
  c: {
    Type: "DECIMAL",
    DecimalColumnStatisticsData: {
      MinimumValue: { UnscaledValue: bytes(0xff), Scale: 2 },
      MaximumValue: { UnscaledValue: bytes(0x01), Scale: 1 },
      NumberOfNulls: 0,
      NumberOfDistinctValues: 2,
    },
  },
  d: {
    Type: "DOUBLE",
    DoubleColumnStatisticsData: {
      MinimumValue: -0.5,
      MaximumValue: 1e300,
      NumberOfNulls: 0,
      NumberOfDistinctValues: 2,
    },
  },
  e: {
    Type: "LONG",
    LongColumnStatisticsData: {
      MinimumValue: -5,
      MaximumValue: 5,
      NumberOfNulls: 1,
      NumberOfDistinctValues: 3,
    },
  },
  f: {
    Type: "STRING",
    StringColumnStatisticsData: {
      MaximumLength: 9,
      AverageLength: 2.5,
      NumberOfNulls: 0,
      NumberOfDistinctValues: 3,
    },
  },
  g: {
    Type: "BINARY",
    BinaryColumnStatisticsData: { MaximumLength: 9, AverageLength: 2.5, NumberOfNulls: 0 },
  },
};

const statistics = (ColumnName: string, StatisticsData: ColumnStatisticsData): ColumnStatistics => ({
  ColumnName,
  ColumnType: "string",
  AnalyzedTime,
  StatisticsData,
});

async function withTable(onDisk: boolean = false): Promise<GlueRunner> {
  const glue = await GlueRunner.start({ onDisk });
  const Columns = Object.keys(all).map((Name) => ({ Name, Type: "string" }));
  await glue.run("CreateTable", {
    DatabaseName: "shop",
    TableInput: {
      Name: "orders",
      StorageDescriptor: { Columns },
      PartitionKeys: [{ Name: "year", Type: "int" }],
    },
  });
  return glue;
}

it("keeps statistics of each type", async () => {
  await using glue = await withTable(true);
  const ColumnStatisticsList = Object.entries(all).map(([name, data]) => statistics(name, data));
  expect(await glue.run("UpdateColumnStatisticsForTable", { ...place, ColumnStatisticsList })).toEqual({
    Errors: [],
  });
  await glue.restart();
  const read = await glue.run("GetColumnStatisticsForTable", { ...place, ColumnNames: Object.keys(all) });
  expect(read).toEqual({ ColumnStatisticsList, Errors: [] });
});

it("replaces what a column had", async () => {
  await using glue = await withTable();
  for (const MaximumLength of [1, 2]) {
    const data = { MaximumLength, AverageLength: 1, NumberOfNulls: 0 };
    await glue.run("UpdateColumnStatisticsForTable", {
      ...place,
      ColumnStatisticsList: [statistics("YEAR", { Type: "BINARY", BinaryColumnStatisticsData: data })],
    });
  }
  const read = await glue.run("GetColumnStatisticsForTable", { ...place, ColumnNames: ["year"] });
  expect(read.ColumnStatisticsList?.[0]?.StatisticsData?.BinaryColumnStatisticsData?.MaximumLength).toBe(2);
});

it("keeps the good ones and says what is wrong with the others", async () => {
  await using glue = await withTable();
  const { LongColumnStatisticsData: long } = all["e"] ?? {};
  const { DecimalColumnStatisticsData: decimal } = all["c"] ?? {};
  const wrong: [string, ColumnStatisticsData][] = [
    ["nowhere", { Type: "LONG", LongColumnStatisticsData: long }],
    ["a", { Type: "LONG" }],
    [
      "b",
      {
        Type: "LONG",
        LongColumnStatisticsData: long,
        BinaryColumnStatisticsData: all["g"]?.BinaryColumnStatisticsData,
      },
    ],
    [
      "c",
      {
        Type: "DECIMAL",
        DecimalColumnStatisticsData: { ...decimal, MinimumValue: { UnscaledValue: bytes(2), Scale: 1 } },
      } as ColumnStatisticsData,
    ],
    [
      "c",
      {
        Type: "DECIMAL",
        DecimalColumnStatisticsData: { ...decimal, MinimumValue: { UnscaledValue: bytes(2), Scale: 1e9 } },
      } as ColumnStatisticsData,
    ],
    [
      "c",
      {
        Type: "DECIMAL",
        DecimalColumnStatisticsData: { ...decimal, MinimumValue: { UnscaledValue: bytes(), Scale: 0 } },
      } as ColumnStatisticsData,
    ],
    [
      "d",
      {
        Type: "LONG",
        LongColumnStatisticsData: {
          MinimumValue: 2,
          MaximumValue: 1,
          NumberOfNulls: 0,
          NumberOfDistinctValues: 1,
        },
      },
    ],
  ];
  const list = [...wrong, ["e", all["e"]] as [string, ColumnStatisticsData]];
  const { Errors } = await glue.run("UpdateColumnStatisticsForTable", {
    ...place,
    ColumnStatisticsList: list.map(([name, data]) => statistics(name, data)),
  });
  expect(Errors?.map((one) => [one.ColumnStatistics?.ColumnName, one.Error?.ErrorCode])).toEqual(
    wrong.map(([name]) => [name, name === "nowhere" ? "EntityNotFoundException" : "InvalidInputException"]),
  );
  const read = await glue.run("GetColumnStatisticsForTable", { ...place, ColumnNames: ["a", "d", "e"] });
  expect(read.ColumnStatisticsList?.map(({ ColumnName }) => ColumnName)).toEqual(["e"]);
});

it("refuses too many at once and tables that are not there", async () => {
  await using glue = await withTable();
  const one = statistics("g", all["g"] ?? { Type: "BINARY" });
  const ColumnStatisticsList = Array.from({ length: 26 }, () => one);
  expect(await codeOf(glue.run("UpdateColumnStatisticsForTable", { ...place, ColumnStatisticsList }))).toBe(
    "InvalidInputException",
  );
  const nowhere = { ...place, TableName: "nowhere", ColumnStatisticsList: [one] };
  expect(await codeOf(glue.run("UpdateColumnStatisticsForTable", nowhere))).toBe("EntityNotFoundException");
});
