import { describe, expect, it } from "vitest";
import { parseScript, parseStatement } from "./redshift-parser.ts";
import { errorOf } from "./test-tree.ts";

describe("scripts", () => {
  it("are statements with semicolons between them", () => {
    const script = ";; select 1 ; /* two */ select ';' -- end ;\n;\n\nselect 3";
    const statements = parseScript(script);
    expect(statements.map(({ text }) => text)).toEqual([
      "select 1",
      "/* two */ select ';' -- end ;",
      "select 3",
    ]);
    for (const { text, start } of statements) {
      expect(script.slice(start, start + text.length)).toBe(text);
    }
  });

  it("have spans that count from each statement", () => {
    const [, second] = parseScript("select 1;  /* x */ select a");
    expect(second?.start).toBe(11);
    expect(second?.ast.span).toEqual({ start: 8, end: 16 });
    expect(second?.text.slice(8, 16)).toBe("select a");
  });

  it("may be empty", () => {
    expect(parseScript("")).toEqual([]);
    expect(parseScript(" ; -- nothing\n;")).toEqual([]);
  });

  it("have errors that count from the script", () => {
    expect(errorOf(() => parseScript("select 1; select 2 3"))).toMatchObject({
      message: 'syntax error at or near "3"',
      position: 19,
    });
    expect(errorOf(() => parseScript("select 1; select 'x"))).toMatchObject({ position: 17 });
  });
});

describe("single statements", () => {
  it("may end with a semicolon", () => {
    expect(parseStatement("select 1;").kind).toBe("query");
  });

  it("are neither none nor two", () => {
    expect(errorOf(() => parseStatement(" ; "))).toMatchObject({ sqlState: "42601" });
    expect(errorOf(() => parseStatement("select 1; select 2"))).toMatchObject({
      sqlState: "42601",
      message: "cannot insert multiple commands into a prepared statement",
      position: 10,
    });
  });

  it.each([
    ["selec 1", 'syntax error at or near "selec"', 0],
    ["'a'", `syntax error at or near "'a'"`, 0],
    ["select 1)", 'syntax error at or near ")"', 8],
    ["select $user", 'syntax error at or near "$"', 7],
    ["select a \\ b", 'syntax error at or near "\\"', 9],
    ["select 1 \u0000", 'syntax error at or near "\u0000"', 9],
  ])("%s is refused", (text, message, position) => {
    expect(errorOf(text)).toMatchObject({ sqlState: "42601", message, position });
  });
});

describe("hostile texts", () => {
  const many = 100_000;

  it.each([
    ["brackets", `select ${"(".repeat(many)}`],
    ["closed brackets", `select ${"(".repeat(many)}1${")".repeat(many)}`],
    ["brackets of FROM", `select * from ${"(".repeat(many)}`],
    ["subqueries", `select ${"(select ".repeat(many)}`],
    ["calls", `select ${"f(".repeat(many)}`],
    ["signs", `select ${"- ".repeat(many)}1`],
    ["NOT", `select ${"not ".repeat(many)}true`],
    ["CASE", `select ${"case when ".repeat(many)}`],
    ["sums", `select ${"1+".repeat(many)}1`],
    ["comparisons", `select ${"a=".repeat(many)}a`],
    ["casts", `select a${"::int".repeat(many)}`],
    ["subscripts", `select a${"[0]".repeat(many)}`],
    ["paths in FROM", `select 1 from a${"[0]".repeat(many)}`],
    ["joins", `select * from a ${"cross join a ".repeat(many)}`],
    ["nested joins", `select * from a ${"join a ".repeat(many)}`],
    ["unions", `select 1 ${"union select 1 ".repeat(many)}`],
    ["intersections", `select 1 ${"intersect select 1 ".repeat(many)}`],
    ["pivots", `select 1 from a ${"pivot (sum(a) for b in (1)) ".repeat(many)}`],
    ["windows", `select ${"f() over (partition by ".repeat(many)}`],
    ["grouping sets", `select 1 group by ${"grouping sets (".repeat(many)}`],
    ["common tables", "with a as (".repeat(many)],
    ["IN", `select ${"a in (select ".repeat(many)}`],
  ])("nested %s give an error", (_, text) => {
    expect(errorOf(text)).toMatchObject({ sqlState: "54001", message: "stack depth limit exceeded" });
  });

  it("may be long where they are not deep", () => {
    expect(parseScript("select 1;".repeat(20_000))).toHaveLength(20_000);
    expect(parseStatement(`select a in (${"1,".repeat(many)}1)`).kind).toBe("query");
    expect(parseStatement(`select 1 where ${"a = 1 and b = 2 or ".repeat(many)}true`).kind).toBe("query");
    expect(parseStatement(`select a${".a".repeat(many)}`).kind).toBe("query");
    expect(parseStatement(`insert into t values ${"(1, 'a'), ".repeat(many)}(1, 'a')`).kind).toBe("insert");
  });
});
