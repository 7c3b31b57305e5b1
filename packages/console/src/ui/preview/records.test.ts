import { expect, it } from "vitest";
import { delimitedTable } from "./delimited.ts";
import { jsonArrayItems, jsonRecords } from "./json-records.ts";
import { cellText, tableOfRecords, valueText } from "./table-data.ts";

it("reads values with and without line ends between them", () => {
  expect(jsonRecords('{"a":"}{"}\n{"a":2}', 10).records).toEqual([{ a: "}{" }, { a: 2 }]);
  expect(jsonRecords('{"a":1}{"a":"\\""}[1]', 10).records).toEqual([{ a: 1 }, { a: '"' }, [1]]);
  expect(jsonRecords("1\ntrue\n", 10).records).toEqual([1, true]);
});

it("leaves out what was cut, and keeps what is broken as text", () => {
  expect(jsonRecords('{"a":1}\n{"a":', 10)).toEqual({ records: [{ a: 1 }], restCharacters: 5, broken: 0 });
  expect(jsonRecords('{a:1}\n{"a":2}', 10)).toEqual({
    records: ["{a:1}", { a: 2 }],
    restCharacters: 0,
    broken: 1,
  });
  expect(jsonRecords('{"a":"never ends', 10).records).toEqual([]);
  expect(jsonRecords("[[[[[".repeat(1_000), 10).records).toEqual([]);
});

it("reads so many values and no more", () => {
  expect(jsonRecords('{"a":1}\n'.repeat(50), 20).records).toHaveLength(20);
});

it("reads the items of an array that may be cut", () => {
  expect(jsonArrayItems('[{"a":1},{"a":2}]\n', 10)?.records).toEqual([{ a: 1 }, { a: 2 }]);
  expect(jsonArrayItems('[{"a":1},{"a"', 10)?.records).toEqual([{ a: 1 }]);
  expect(jsonArrayItems("[1]", 10)?.records).toEqual([1]);
  expect(jsonArrayItems('{"a":1}', 10)).toBeUndefined();
});

it("makes a table of records of any form", () => {
  expect(tableOfRecords([{ a: 1 }, { b: [2], a: null }, 7])).toEqual({
    columns: ["a", "b", "value"],
    rows: [
      [1, undefined, undefined],
      [null, [2], undefined],
      [undefined, undefined, 7],
    ],
  });
});

it("writes values", () => {
  expect(valueText(new Date("2024-01-31T00:00:00Z"))).toBe("2024-01-31");
  expect(valueText(new Date("2024-01-31T10:20:30.500Z"))).toBe("2024-01-31 10:20:30.500");
  expect(valueText({ a: 12n, b: new Uint8Array([1, 255]) })).toBe('{"a":12,"b":"0x01ff"}');
  expect(valueText(12345678901234567890n)).toBe("12345678901234567890");
  expect(valueText(null)).toBe("");
  expect(cellText("x".repeat(10_000))).toHaveLength(400);
});

it("reads delimited text with a head and without", () => {
  expect(delimitedTable('a,b\n1,"x,y"\n2,z\n', true, undefined, 10)).toMatchObject({
    columns: ["a", "b"],
    rows: [
      ["1", "x,y"],
      ["2", "z"],
    ],
    hasHead: true,
    delimiter: ",",
  });
  expect(delimitedTable("1;2\n3;4\n", true, undefined, 10)).toMatchObject({
    columns: ["column 1", "column 2"],
    hasHead: false,
    delimiter: ";",
  });
  expect(delimitedTable("a\ta\n1\t2\n", true, "\t", 10).columns).toEqual(["column 1", "column 2"]);
});

it("leaves out a line that was cut", () => {
  expect(delimitedTable("a,b\n1,2\n3,", false, undefined, 10).rows).toEqual([["1", "2"]]);
  expect(delimitedTable("a,b\n1,2\n3,4\n5,6", false, undefined, 1).rows).toEqual([["1", "2"]]);
});
