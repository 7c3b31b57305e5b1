import { describe, expect, test } from "vitest";
import { failure, outline } from "./test-statement.ts";

const parameter = (index: number): object => ({ kind: "parameter", index });

describe("SHOW", () => {
  test.each([
    [
      "databases like 'a%' limit 5",
      { kind: "show-databases", like: { kind: "string", value: "a%" }, limit: 5 },
    ],
    [
      "databases from data catalog account '1', '2' like 'x' iam_role default",
      {
        kind: "show-databases",
        dataCatalog: { accounts: ["1", "2"], iamRole: "default" },
        like: { value: "x" },
      },
    ],
    ["schemas from database d", { kind: "show-schemas", database: "d" }],
    ["tables from schema d.s like 'a%'", { kind: "show-tables", schema: "d.s" }],
    ["columns from table d.s.t limit 0", { kind: "show-columns", table: "d.s.t", limit: 0 }],
    ["table s.t", { kind: "show-table", table: "s.t" }],
    ["view v", { kind: "show-view", view: "v" }],
    ["external table s.t partition", { kind: "show-external-table", table: "s.t", partition: true }],
    ["grants on database d", { subject: { kind: "object", objectType: "database", name: "d" } }],
    ["grants on schema d.s for role r limit 3", { grantee: { kind: "role", name: "r" }, limit: 3 }],
    [
      "grants on d.s.t for public",
      { subject: { objectType: "table", name: "d.s.t" }, grantee: { kind: "public" } },
    ],
    [
      "grants on function s.f(int)",
      { subject: { objectType: "function", name: "s.f", argumentTypes: [{ name: "integer" }] } },
    ],
    [
      "grants for u from database d",
      { subject: { kind: "all" }, grantee: { kind: "user", name: "u" }, database: "d" },
    ],
    ["column grants on table d.s.t like 'c%'", { kind: "show-column-grants", table: "d.s.t" }],
    ["constraints primary keys from table s.t", { kind: "show-constraints", constraints: "primary keys" }],
    ["constraints foreign keys from table s.t", { constraints: "foreign keys" }],
    ["constraints foreign keys exported from table d.s.t limit 1", { constraints: "exported foreign keys" }],
    ["procedures from schema d.s like 'p%'", { kind: "show-routines", routine: "procedure", schema: "d.s" }],
    ["functions from schema s", { kind: "show-routines", routine: "function" }],
    [
      "parameters of procedure d.s.p(integer, character varying) like 'a'",
      {
        kind: "show-parameters",
        routine: "procedure",
        name: "d.s.p",
        argumentTypes: [{ name: "integer" }, { name: "character varying" }],
      },
    ],
    ["parameters of function d.s.f()", { kind: "show-parameters", routine: "function" }],
    ["procedure p(int)", { kind: "show-procedure", name: "p", argumentTypes: [{ name: "integer" }] }],
    ["datashares like 's%'", { kind: "show-datashares", like: { value: "s%" } }],
    ["model all", { kind: "show-model" }],
    ["model s.m", { kind: "show-model", name: "s.m" }],
    [
      "rls policies on s.t for u limit 2",
      { kind: "show-policies", policies: "rls", relation: "s.t", limit: 2 },
    ],
    ["masking policies from database d", { policies: "masking", database: "d" }],
    ["templates", { kind: "unsupported", feature: "SHOW TEMPLATES" }],
    ["server_version", { kind: "show-variable", name: "server_version" }],
  ])("%s", (text, expected) => {
    expect(outline(`show ${text}`)).toMatchObject(expected);
  });

  test("names, patterns and types may be parameters", () => {
    expect(outline("show tables from schema $1.$2 like $3")).toMatchObject({
      schema: "{kind:parameter,index:1}.{kind:parameter,index:2}",
      like: parameter(3),
    });
    expect(outline("SHOW PARAMETERS OF FUNCTION $1.$2.$3($4, $5) LIKE $6;")).toMatchObject({
      argumentTypes: [parameter(4), parameter(5)],
      like: parameter(6),
    });
    expect(outline("show columns from table d.$1.t limit $2")).toMatchObject({ limit: parameter(2) });
  });

  test.each([
    ["show", "42601 syntax error at end of input @4"],
    ["show tables", "42601 syntax error at end of input @11"],
    ["show tables from schema a.b.c", '42601 syntax error at or near "." @27'],
    ["show schemas from schema s", '42601 syntax error at or near "schema" @18'],
    ["show columns from table t like x", '42601 syntax error at or near "x" @31'],
    ["show columns from table t limit -1", '42601 syntax error at or near "-" @32'],
    ["show external table t", "42601 syntax error at end of input @21"],
    ["show constraints unique keys from table t", '42601 syntax error at or near "unique" @17'],
    ["show constraints primary keys exported from table t", '42601 syntax error at or near "exported" @30'],
    ["show grants", "42601 syntax error at end of input @11"],
    ["show rls policies for u", '42601 syntax error at or near "for" @18'],
    ["show parameters of view v", '42601 syntax error at or near "view" @19'],
    ["show search_path, x", '42601 syntax error at or near "," @16'],
  ])("%s", (text, expected) => {
    expect(failure(text)).toBe(expected);
  });
});
