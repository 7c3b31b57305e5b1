import { describe, expect, test } from "vitest";
import { parseScript } from "./flink-parser.ts";
import { bare, errorOf, selectOf, statementOf } from "./test-tree.ts";

describe("scripts", () => {
  test("statements with their text and place", () => {
    const found = parseScript("  -- first\nSELECT 1 ; ;\n SELECT 'a;b' -- last\n");
    expect(found.map(({ text, start }) => [text, start])).toEqual([
      ["-- first\nSELECT 1", 2],
      ["SELECT 'a;b' -- last", 25],
    ]);
    expect(found[0]?.ast.span).toEqual({ start: 9, end: 17 });
  });

  test("nothing is no statement", () => {
    expect(parseScript(" ;; -- x\n /* y */ ; ")).toEqual([]);
  });

  test("a statement set holds semicolons", () => {
    const [only, after] = parseScript(
      "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT 2; END; SELECT 1",
    );
    expect(only?.ast).toMatchObject({ kind: "statement-set", inserts: [{}, {}] });
    expect(after?.ast.kind).toBe("query");
  });

  test("comments do not nest, hints are none, slashes begin one", () => {
    expect(parseScript("SELECT /* a /* b */ 1 // SELECT 2")).toHaveLength(1);
    expect(selectOf("SELECT /*+ A('b'='c') */ 1").hints).toMatchObject([
      { options: [{ key: "b", value: "c" }] },
    ]);
  });
});

describe("names", () => {
  test("keep their case, quoted or not", () => {
    expect(bare(selectOf("select Ab, `cD` from `E``f`.gH"))).toMatchObject({
      items: [{ expression: { parts: [{ name: "Ab" }] } }, { expression: { parts: [{ name: "cD" }] } }],
      from: [{ name: { parts: [{ name: "E`f" }, { name: "gH" }] } }],
    });
  });
});

describe("what is refused", () => {
  test.each([
    ["SELECT a FRM t", 13, 'syntax error at or near "t": expected the end of the statement or a semicolon'],
    ["SELECT * FROM", 13, "syntax error at end of input: expected a table's name"],
    [
      "SELECT value FROM t",
      7,
      'syntax error at or near "value": expected an expression or a name (it is a reserved word; as a name it is written `value`)',
    ],
    ["SELECT a b c", 11, 'syntax error at or near "c": expected the end of the statement or a semicolon'],
    ["CREATE TABLE t (a INT", 21, 'syntax error at end of input: expected ")"'],
    [
      "CREATE TABLE t (a INT) WITH ('k' = 1)",
      35,
      'syntax error at or near "1": expected an option\'s value in quotes',
    ],
    [
      "CREATE TABLE t (a, b)",
      21,
      "syntax error at end of input: expected AS: columns without types are those of a query",
    ],
    ["SELECT 1; GRANT x", 10, 'syntax error at or near "GRANT": expected a statement'],
    ["SELECT CAST(a AS 5)", 17, 'syntax error at or near "5": expected a type'],
    ["SELECT a FROM t WHERE", 21, "syntax error at end of input: expected an expression"],
    ["SELECT a FROM t WHERE * > 1", 22, 'syntax error at or near "*": expected an expression'],
    ["STATEMENT SET BEGIN END", 0, "a statement set holds at least one INSERT"],
    [
      "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1 END",
      51,
      'syntax error at or near "END": expected ";"',
    ],
    ["SHOW ME", 5, 'syntax error at or near "ME": expected what to show, such as TABLES or CREATE TABLE'],
    [
      "ALTER TABLE t FLY",
      14,
      'syntax error at or near "FLY": expected RENAME, SET, RESET, ADD, MODIFY or DROP',
    ],
    [
      "SELECT STREAM a FROM t",
      7,
      'syntax error at or near "STREAM": expected an expression or a name (it is a reserved word; as a name it is written `STREAM`)',
    ],
  ])("%s", (text, position, message) => {
    expect(errorOf(text)).toMatchObject({ sqlState: "42601", position, message });
  });
});

describe("statements", () => {
  test("a table's columns, watermark and keys are told apart", () => {
    const table = statementOf(
      "CREATE TABLE t (a INT PRIMARY KEY NOT ENFORCED, b AS a + 1, c INT METADATA FROM 'k' VIRTUAL, WATERMARK FOR d.e AS d.e)",
    );
    expect(bare(table)).toMatchObject({
      schema: {
        columns: [{ kind: "physical" }, { kind: "computed" }, { kind: "metadata", key: "k", virtual: true }],
        watermarks: [{ column: { parts: [{ name: "d" }, { name: "e" }] } }],
        constraints: [{ kind: "primary key", columns: [{ name: "a" }], enforced: false }],
      },
    });
  });

  test("a view keeps the text of its query", () => {
    expect(statementOf("CREATE VIEW v AS SELECT  a FROM t ;")).toMatchObject({ text: "SELECT  a FROM t" });
  });

  test.each([
    ["SET a.b-c.d = 1 min", { key: "a.b-c.d", value: "1 min" }],
    ["SET x = 'y z'", { key: "x", value: "y z" }],
    ["SET 'x' = 'y'", { key: "x", value: "y" }],
  ])("%s", (text, option) => {
    expect(bare(statementOf(text))).toEqual({ kind: "set", option });
  });

  test("patterns of rows", () => {
    const select = selectOf(
      "SELECT * FROM t MATCH_RECOGNIZE (PATTERN (^ A B*? (C | D){2,} {- E -}) DEFINE A AS TRUE) AS m",
    );
    expect(bare(select.from[0])).toMatchObject({
      kind: "match-recognize",
      atStart: true,
      pattern: {
        kind: "sequence",
        items: [
          { kind: "variable" },
          { kind: "quantified", min: 0, reluctant: true },
          { kind: "quantified", min: 2, item: { kind: "alternation" } },
          { kind: "exclusion" },
        ],
      },
    });
  });
});
