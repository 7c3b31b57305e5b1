import { describe, expect, it } from "vitest";
import { printHiveType } from "../schema/hive-type.ts";
import { CsvReader } from "./csv-records.ts";
import { builtInHints, type CsvHints, readCsvTable } from "./csv-table.ts";

const table = (text: string, hints: Partial<CsvHints> = {}) =>
  readCsvTable(text, { ...builtInHints, ...hints });
const schema = (text: string, hints: Partial<CsvHints> = {}) => {
  const found = table(text, hints);
  if (typeof found === "string") return found;
  return found.columns.map(({ name, type }) => `${name} ${printHiveType(type)}`).join(", ");
};

describe("records", () => {
  it.each([
    [
      "a,b\nc,d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a,b\r\nc,d\r\n\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a,b\rc,d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      '"a,1","b\n2"\nc,d',
      [
        ["a,1", "b\n2"],
        ["c", "d"],
      ],
    ],
    ['"a ""b""",""', [['a "b"', ""]]],
    ['a"b,c', [['a"b', "c"]]],
    ['"a"x,b', [["ax", "b"]]],
    ['"open,\nto the end', [["open,\nto the end"]]],
    [",,", [["", "", ""]]],
  ])("%j", (text, records) => {
    const reader = new CsvReader(text, { delimiter: ",", quote: '"' });
    const read: (readonly string[])[] = [];
    for (let record = reader.next(); record !== undefined; record = reader.next()) read.push(record.fields);
    expect(read).toEqual(records);
  });
});

describe("tables", () => {
  it.each([",", "|", "\t", ";", "\u0001"])("finds the delimiter %j", (delimiter) => {
    const text = ["id,n,x", "1,2.5,a", "2,3,b"].join("\n").replaceAll(",", delimiter);
    expect(table(text)).toMatchObject({ delimiter, header: true, records: 2 });
    expect(schema(text)).toBe("id bigint, n double, x string");
  });

  it.each([
    ["a;b,c\n1;2,5\n2;3,5", ";"],
    ["a\tb\n1,000\t2\n2,000\t3", "\t"],
  ])("takes the one that gives most columns or agrees best: %j", (text, delimiter) => {
    expect(table(text)).toMatchObject({ delimiter });
  });

  it.each([
    ["a,b\n1,x\n2,y", "a bigint, b string"],
    ["a,b\nx,y\nz,w", "col0 string, col1 string"],
    ["1,x\n2,y", "col0 bigint, col1 string"],
    ["a,1\n2,x\n3,y", "col0 string, col1 string"],
    [`${"h".repeat(150)},b\n1,2\n3,4`, "col0 string, col1 string"],
    [`a,${"h".repeat(150)}\n1,2\n3,4`, `a bigint, ${"h".repeat(150)} bigint`],
    ["a,b,\n1,2,\n3,4,", "a bigint, b bigint"],
    [",b\n0,x\n1,y", "col0 bigint, b string"],
    ["Id,ID,id\n1,2,3\n4,5,6", "id bigint, id_1 bigint, id_2 bigint"],
    ["a,b\n1\n2,x\n3,y\n4,z\n5,w", "a bigint, b string"],
    ["a,b\n1,x\n2,y,z\n3,w\n4,v\n5,u", "a bigint, b string, col2 string"],
  ])("header and names of %j", (text, columns) => {
    expect(schema(text)).toBe(columns);
  });

  it.each([
    ["1", "bigint"],
    ["-9223372036854775807", "bigint"],
    ["9223372036854775808", "decimal(38,0)"],
    ["1.5", "double"],
    [".5", "double"],
    ["1e5", "double"],
    ["NaN", "double"],
    ["00501", "string"],
    ["0", "bigint"],
    ["0.50", "double"],
    ["00.5", "string"],
    ["+1", "bigint"],
    ["1,000", "string"],
    ["2020-01-01", "string"],
    ["TRUE", "boolean"],
    ["-", "string"],
    ["1.2.3", "string"],
    ["1e99999", "string"],
    ["9".repeat(39), "string"],
    ["\\N", "void"],
    ["null", "void"],
    [" 7 ", "bigint"],
  ])("a column of %j is %s", (value, type) => {
    expect(schema(`n;v\n1;${value}\n2;`)).toBe(`n bigint, v ${type}`);
  });

  it.each([
    ["1", "2.5", "double"],
    ["1", "true", "string"],
    ["1", "9223372036854775808", "decimal(38,0)"],
    ["1.5", "9223372036854775808", "double"],
    ["true", "x", "string"],
  ])("%s with %s is %s", (a, b, type) => {
    expect(schema(`n;v\n1;${a}\n2;${b}`)).toBe(`n bigint, v ${type}`);
  });

  it("says why a text is no table", () => {
    expect(table("a,b\n1,2")).toContain("records of data");
    expect(table("one\ntwo")).toContain("no delimiter");
    expect(table("")).toContain("no delimiter");
    expect(table("a,b\nc\nd,e,f\ng,h,i,j\nk")).toContain("no delimiter");
  });

  it("looks at a thousand records", () => {
    const found = table(`n,v\n${"1,2\n".repeat(1_000)}x,y\n`);
    expect(found).toMatchObject({ records: 1_000, isWhole: false });
    expect(schema(`n,v\n${"1,2\n".repeat(1_000)}x,y\n`)).toBe("n bigint, v bigint");
  });
});
