import { describe, expect, it } from "vitest";
import type { Column, Recognised } from "../classifiers/classification.ts";
import { Folder } from "./folder.ts";
import { Interned } from "./folder-files.ts";
import { parseS3Path, s3Location } from "./s3-path.ts";
import { type GroupingRules, type PlannedTable, plannedPartitions, planTables } from "./table-plan.ts";

const plainRules: GroupingRules = { combinesSchemas: false, tableLevel: undefined };

/** `a:int,b:string` as columns. */
function columnsIn(text: string): readonly Column[] {
  return text.split(",").map((column) => {
    const [name = "", type = ""] = column.split(":");
    return { name, type };
  });
}

function recognised(schema: string, classification: string): Recognised {
  return {
    kind: "recognised",
    classifier: classification,
    custom: false,
    classification,
    certainty: 1,
    columns: columnsIn(schema),
    compression: "none",
    parameters: { classification },
    serde: { library: `${classification}Serde`, parameters: {} },
    inputFormat: "in",
    outputFormat: "out",
    estimates: { sampledRecords: 10, averageRecordBytes: 10, totalRecords: 10 },
    why: [],
  };
}

/** Plans tables for objects by their keys; a schema may be followed by its format: `a:int csv`. */
function plan(
  include: string,
  objects: Readonly<Record<string, string>>,
  rules: Partial<GroupingRules> = {},
): readonly PlannedTable[] {
  const path = parseS3Path(include);
  if (path === undefined) throw new Error(`${include} is no path`);
  const root = new Folder("");
  const interned = new Interned();
  for (const [key, text] of Object.entries(objects)) {
    const [schema = "", format = "json"] = text.split(" ");
    const names = key.split("/");
    const name = names.pop() ?? "";
    root.at(names).files.add(name, 100, recognised(schema, format), interned);
  }
  return planTables(root, path, { ...plainRules, ...rules });
}

/** Tables in words: `source at location [keys] columns = values | values`. */
function inWords(tables: readonly PlannedTable[]): readonly string[] {
  return tables.map((table) => {
    const { root, location, partitionKeys, group } = table;
    const partitions = root === undefined ? [] : [...plannedPartitions(root, location, partitionKeys.length)];
    const keys = partitionKeys.length === 0 ? "" : ` [${partitionKeys.join(",")}]`;
    const columns = group.schema.columns.map(({ name, type }) => `${name}:${type}`).join(",");
    const values = partitions.map((partition) => partition.values.join("/")).join(" | ");
    return `${table.source} at ${s3Location(location)}${keys} ${columns}${values === "" ? "" : ` = ${values}`}`;
  });
}

describe("grouping objects into tables", () => {
  // https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-folder-table-partition.html
  it("makes partitions of folders called key=value", () => {
    const objects = {
      "year=2019/month=Jan/day=1/a.json": "a:int",
      "year=2019/month=Jan/day=2/a.json": "a:int",
      "year=2019/month=Feb/day=1/a.json": "a:int",
      "year=2019/month=Feb/day=2/a.json": "a:int",
    };
    expect(inWords(plan("s3://sales", objects))).toEqual([
      "sales at s3://sales/ [year,month,day] a:int = 2019/Jan/1 | 2019/Jan/2 | 2019/Feb/1 | 2019/Feb/2",
    ]);
  });

  it("makes unnamed partitions of other folders", () => {
    const objects = {
      "table1/partition1/file.txt": "a:int,b:int",
      "table1/partition2/file.txt": "a:int,b:int",
      "table1/partition3/file.txt": "a:int,b:int",
      "table2/partition4/file.txt": "a:int,b:int",
      "table2/partition5/file.txt": "a:int,b:int",
    };
    expect(inWords(plan("s3://bucket01/folder1/", objects))).toEqual([
      "folder1 at s3://bucket01/folder1/ [partition_0,partition_1] a:int,b:int = " +
        "table1/partition1 | table1/partition2 | table1/partition3 | table2/partition4 | table2/partition5",
    ]);
  });

  // https://docs.aws.amazon.com/glue/latest/dg/crawler-grouping-policy.html
  const different = { "year=2017/data1.json": "A:int,B:int", "year=2018/data2.json": "C:int,D:int" };
  it("makes tables of folders whose schemas are not similar", () => {
    expect(inWords(plan("s3://bucket/table1/", different))).toEqual([
      "year=2017 at s3://bucket/table1/year=2017/ A:int,B:int",
      "year=2018 at s3://bucket/table1/year=2018/ C:int,D:int",
    ]);
  });

  it("makes one table of them when it is told to combine", () => {
    expect(inWords(plan("s3://bucket/table1/", different, { combinesSchemas: true }))).toEqual([
      "table1 at s3://bucket/table1/ [year] A:int,B:int,C:int,D:int = 2017 | 2018",
    ]);
  });

  it("combines nothing of different formats", () => {
    const objects = { "a/1.json": "a:int", "b/1.csv": "a:int csv" };
    expect(inWords(plan("s3://b/t", objects, { combinesSchemas: true }))).toEqual([
      "a at s3://b/t/a/ a:int",
      "b at s3://b/t/b/ a:int",
    ]);
  });

  it("lets few odd folders be partitions where more than 70 % are alike", () => {
    const folders = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`d=${i}/x.json`, "a:int,b:int"]));
    const odd = { ...folders, "d=8/x.json": "x:string,y:string", "d=9/x.json": "p:int" };
    expect(plan("s3://b/t/", odd)).toHaveLength(1);
    expect(plan("s3://b/t/", { ...odd, "d=a/x.json": "q:int", "d=b/x.json": "r:int" })).toHaveLength(12);
  });

  it("makes no table of more than five different schemas", () => {
    const alike = Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`d=${i}/x.json`, "a:int,b:int"]));
    const odd = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`d=odd${i}/x.json`, `only${i}:int`]));
    expect(plan("s3://b/t/", { ...alike, ...odd(4) })).toHaveLength(1);
    expect(plan("s3://b/t/", { ...alike, ...odd(5) })).toHaveLength(95);
  });

  it("makes a table of each file where files are not alike", () => {
    const objects = { "cars.json": "a:int,b:int", "flights.csv": "x:int csv", "more.csv": "x:int csv" };
    expect(inWords(plan("s3://vega/data/", objects))).toEqual([
      "cars.json at s3://vega/data/cars.json a:int,b:int",
      "flights.csv at s3://vega/data/flights.csv x:int",
      "more.csv at s3://vega/data/more.csv x:int",
    ]);
  });

  it("makes a table of a folder whose files are alike", () => {
    const objects = { "1.json": "a:int,b:int,c:int,d:int", "2.json": "a:int,b:int,c:int,d:int,e:int" };
    expect(inWords(plan("s3://b/t", objects))).toEqual(["t at s3://b/t/ a:int,b:int,c:int,d:int,e:int"]);
  });

  it("gives a folder with very many files of different kinds a table for each kind", () => {
    const objects: Record<string, string> = {};
    for (let i = 0; i < 700; i += 1) objects[`${i}.json`] = "a:int";
    for (let i = 0; i < 700; i += 1) objects[`${i}.csv`] = "x:int csv";
    const tables = plan("s3://b/t/", objects);
    expect(inWords(tables)).toEqual(["t_json at s3://b/t/ a:int", "t_csv at s3://b/t/ x:int"]);
    expect(tables.map(({ group }) => group.totals.objects)).toEqual([700, 700]);
  });

  it("keeps folders apart that differ in depth or in the names of their keys", () => {
    expect(plan("s3://b/t/", { "a=1/x.json": "a:int", "b=1/x.json": "a:int" })).toHaveLength(2);
    expect(plan("s3://b/t/", { "a=1/x.json": "a:int", "c/x.json": "a:int" })).toHaveLength(2);
    expect(plan("s3://b/t/", { "a=1/x.json": "a:int", "a=2/b=1/x.json": "a:int" })).toHaveLength(2);
    expect(
      inWords(plan("s3://b/t/", { "stray.json": "a:int", "a=1/x.json": "a:int", "a=2/x.json": "a:int" })),
    ).toEqual(["t at s3://b/t/ a:int", "a=1 at s3://b/t/a=1/ a:int", "a=2 at s3://b/t/a=2/ a:int"]);
  });

  it("puts tables at the level that it is told", () => {
    const objects = {
      "sales/d=1/x.json": "a:int",
      "sales/d=2/x.json": "b:int",
      "users/d=1/x.json": "a:int",
    };
    expect(inWords(plan("s3://lake", objects, { tableLevel: 2 }))).toEqual([
      "sales at s3://lake/sales/ [d] a:int,b:int = 1 | 2",
      "users at s3://lake/users/ [d] a:int = 1",
    ]);
    expect(inWords(plan("s3://lake/x/", objects, { tableLevel: 3 })).map((text) => text.slice(0, 5))).toEqual(
      ["sales", "users"],
    );
    expect(inWords(plan("s3://lake", objects, { tableLevel: 1 }))).toEqual([
      "lake at s3://lake/ [partition_0,d] a:int,b:int = sales/1 | sales/2 | users/1",
    ]);
  });

  it("sums up what is below", () => {
    const [table] = plan("s3://b/t/", {
      "a=1/x.json": "a:int",
      "a=1/y.json": "a:int",
      "a=2/x.json": "a:int",
    });
    expect(table?.group.totals).toEqual({ objects: 3, bytes: 300, records: 30, recordBytes: 300 });
  });

  it("goes through the deepest folders that a key can have", () => {
    const key = `${"d/".repeat(511)}x`;
    const [table] = plan("s3://b", { [key]: "a:int" });
    expect(table?.partitionKeys).toHaveLength(511);
  });

  it("finds nothing where nothing is", () => {
    expect(plan("s3://b/t/", {})).toEqual([]);
  });
});
