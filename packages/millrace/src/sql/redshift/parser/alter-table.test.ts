import { describe, expect, test } from "vitest";
import { failure, outline } from "./test-statement.ts";

describe("ALTER TABLE", () => {
  test.each([
    [
      "add column c varchar(3) default 'x' encode zstd not null collate cs",
      {
        kind: "add-column",
        column: { name: "c", default: { text: "'x'" }, encode: "zstd", collate: "case_sensitive" },
      },
    ],
    ["add c int null", { kind: "add-column", column: { name: "c", nullable: true } }],
    ["drop column c cascade", { kind: "drop-column", column: "c", behavior: "cascade" }],
    ["drop c", { kind: "drop-column", column: "c" }],
    ["rename column a to b", { kind: "rename-column", column: "a", newName: "b" }],
    ["rename to u", { kind: "rename", newName: "u" }],
    ["owner to u", { kind: "owner", owner: "u" }],
    [
      "alter column v type varchar(200)",
      { kind: "alter-column-type", column: "v", type: { name: "character varying", length: 200 } },
    ],
    ["alter distkey c", { kind: "distribution", style: "key", column: "c" }],
    ["alter diststyle key distkey c", { kind: "distribution", style: "key", column: "c" }],
    ["alter diststyle all", { kind: "distribution", style: "all" }],
    [
      "alter compound sortkey (a, b)",
      { kind: "sort-key", sortKey: { kind: "columns", style: "compound", columns: ["a", "b"] } },
    ],
    ["alter sortkey auto", { kind: "sort-key", sortKey: { kind: "auto" } }],
    ["alter sortkey none", { kind: "sort-key", sortKey: { kind: "none" } }],
    ["alter encode auto", { kind: "encode-auto" }],
    ["add primary key (a)", { kind: "add-constraint", constraint: { type: "primary key", columns: ["a"] } }],
    ["add constraint u unique (a)", { kind: "add-constraint", constraint: { name: "u", type: "unique" } }],
    ["drop constraint u restrict", { kind: "drop-constraint", name: "u", behavior: "restrict" }],
    ["row level security off for datashares", { kind: "row-level-security", forDatashares: true }],
    ["masking on for datashares", { kind: "masking", on: true }],
    [
      "drop partition (dt='2024-01-01', h=-3)",
      {
        kind: "drop-partition",
        values: [
          { column: "dt", value: "2024-01-01" },
          { column: "h", value: "-3" },
        ],
      },
    ],
    ["set location 's3://b/'", { kind: "set-location", location: "s3://b/" }],
    [
      "partition (p=1.5) set location 's3://b/'",
      { kind: "set-location", location: "s3://b/", partition: [{ column: "p", value: "1.5" }] },
    ],
    ["set file format parquet", { kind: "set-file-format", format: { kind: "named", name: "parquet" } }],
    [
      "set table properties ('a'='b')",
      { kind: "set-table-properties", properties: [{ name: "a", value: "b" }] },
    ],
  ])("%s", (action, expected) => {
    expect(outline(`alter table s.t ${action}`)).toMatchObject({
      kind: "alter-table",
      table: "s.t",
      actions: [expected],
    });
  });

  test("encodings and partitions come as lists", () => {
    expect(outline("alter table t alter column a encode lzo, alter b encode raw")).toMatchObject({
      actions: [
        { kind: "alter-column-encode", column: "a", encode: "lzo" },
        { kind: "alter-column-encode", column: "b", encode: "raw" },
      ],
    });
    expect(
      outline("alter table x.t add if not exists partition (a=1) location 'l' partition (a=2) location 'm'"),
    ).toMatchObject({
      actions: [
        { kind: "add-partition", ifNotExists: true, location: "l" },
        { kind: "add-partition", ifNotExists: true, location: "m" },
      ],
    });
  });

  test("APPEND", () => {
    expect(outline("alter table a append from s.b filltarget")).toEqual({
      kind: "alter-table-append",
      target: "a",
      source: "s.b",
      fillTarget: true,
    });
  });

  test.each([
    ["alter table t", "42601 syntax error at end of input @13"],
    [
      "alter table t add column c int unique",
      "0A000 ALTER TABLE ADD COLUMN with a key, an identity or a constraint is not supported @25",
    ],
    ["alter table t rename to s.u", '42601 syntax error at or near "." @25'],
    ["alter table t alter column c set default 1", '42601 syntax error at or near "set" @29'],
    ["alter table t alter interleaved sortkey auto", '42601 syntax error at or near "auto" @40'],
    ["alter table t add c int, add d int", '42601 syntax error at or near "," @23'],
    ["alter table t append from u ignoreextra filltarget", '42601 syntax error at or near "filltarget" @40'],
    ["alter table t masking on", "42601 syntax error at end of input @24"],
    ["alter table t set schema s", '42601 syntax error at or near "schema" @18'],
    ["alter table t drop partition (a)", '42601 syntax error at or near ")" @31'],
    ["alter table t add partition (a=b) location 'x'", '42601 syntax error at or near "b" @31'],
  ])("%s", (text, expected) => {
    expect(failure(text)).toBe(expected);
  });
});
