import { afterEach, describe, expect, it } from "vitest";
import { SqlError } from "../../../sql-error.ts";
import { typeText } from "../../type-text.ts";
import type { FlinkType } from "../../types.ts";
import { EvaluationError } from "../scalar-function.ts";
import { javaScriptFunction, openJavaScriptFunctions, parseJavaScriptFunction } from "./index.ts";
import type { OpenFunctions } from "./open-functions.ts";

const opened: OpenFunctions[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

async function open(text: string): Promise<(...values: unknown[]) => unknown> {
  const functions = await openJavaScriptFunctions([{ name: "f", text }]);
  opened.push(functions);
  const types = parseJavaScriptFunction("f", text).parameters.map(({ type }) => type);
  const code = functions.scalar("udf:f")?.resolve(types, [])?.code;
  if (code?.kind !== "nullable") throw new Error("no code");
  return code.call as (...values: unknown[]) => unknown;
}

describe("signatures", () => {
  it("are read from the comment", () => {
    const { parameters, result, body } = parseJavaScriptFunction(
      "f",
      "/* (s STRING, d DECIMAL(10, 2) NOT NULL, r ROW<a INT, b ARRAY<STRING>>) RETURNS BIGINT */ (s, d, r) => 1;",
    );
    expect(parameters.map(({ name, type }) => `${name} ${typeText(type)}`)).toEqual([
      "s STRING",
      "d DECIMAL(10, 2) NOT NULL",
      "r ROW<`a` INT, `b` ARRAY<STRING>>",
    ]);
    expect(typeText(result)).toBe("BIGINT");
    expect(body).toBe("(s, d, r) => 1");
  });

  it.each([
    ["(s) => s", /does not begin with/],
    ["/* (s) RETURNS INT */ (s) => s", /'s' is not a name and a type/],
    ["/* (s NOTHING) RETURNS INT */ (s) => s", /NOTHING/i],
    ["/* (s BYTES) RETURNS INT */ (s) => s", /BYTES cannot be passed/],
    ["/* (s INT) RETURNS MULTISET<INT> */ (s) => s", /cannot be passed/],
    ["/* (s INT) RETURNS INT */ (s) => {", /malformed/],
    [`/* (s INT) RETURNS INT */ (s) => ${" ".repeat(70_000)}1`, /longer than/],
  ])("refuses %s", (text, message) => {
    const parse = (): unknown => parseJavaScriptFunction("f", text);
    expect(parse).toThrow(SqlError);
    expect(parse).toThrow(message);
  });

  it("take arguments that are cast implicitly, and no others", () => {
    const scalar = javaScriptFunction(parseJavaScriptFunction("f", "/* (n BIGINT) RETURNS INT */ (n) => 1"));
    const resolve = (kind: "int" | "double" | "null"): readonly FlinkType[] | undefined =>
      scalar.resolve([{ kind, nullable: true }], [])?.arguments;
    expect(resolve("int")?.[0]?.kind).toBe("bigint");
    expect(resolve("null")?.[0]?.kind).toBe("bigint");
    expect(resolve("double")).toBeUndefined();
    expect(scalar.resolve([], [])).toBeUndefined();
  });
});

describe("calls", () => {
  it.each<[string, unknown[], unknown]>([
    ["/* (s STRING, c STRING) RETURNS BIGINT */ (s, c) => s.split(c).length - 1", ["banana", "a"], 3],
    ["/* (s STRING) RETURNS STRING */ (s) => s === null ? 'none' : s.toUpperCase()", [null], "none"],
    [
      "/* (s STRING) RETURNS STRING */ (s) => s === null ? 'none' : s.toUpperCase()",
      ["grüße 😀"],
      "GRÜSSE 😀",
    ],
    ["/* (s STRING) RETURNS STRING */ () => undefined", ["x"], null],
    ["/* (s STRING) RETURNS STRING */ () => null", ["x"], null],
    ["/* (a INT, b DOUBLE) RETURNS DOUBLE */ (a, b) => a * b", [3, 0.5], 1.5],
    ["/* (a BIGINT) RETURNS BIGINT */ (a) => typeof a === 'bigint' ? a + 1n : a + 1", [41], 42],
    [
      "/* (a BIGINT) RETURNS BIGINT */ (a) => typeof a === 'bigint' ? a + 1n : a + 1",
      [9_007_199_254_740_993n],
      9_007_199_254_740_994n,
    ],
    ["/* (b BOOLEAN) RETURNS BOOLEAN */ (b) => !b", [true], false],
    ["/* (d DECIMAL(6, 2)) RETURNS DECIMAL(6, 2) */ (d) => d + '5'", [-1234n], -1235n],
    ["/* (d DECIMAL(6, 2)) RETURNS STRING */ (d) => d", [5n], "0.05"],
    ["/* (t TIMESTAMP(3)) RETURNS INT */ (t) => new Date(t).getUTCFullYear()", [1_600_000_000_000], 2020],
    [
      "/* (a ARRAY<INT>) RETURNS ARRAY<STRING> */ (a) => a.map((n) => n && '#' + n)",
      [[1, null, 3]],
      ["#1", null, "#3"],
    ],
    [
      "/* (r ROW<x INT, y STRING>) RETURNS ROW<y STRING, x INT> */ ({ x, y }) => ({ x: x + 1, y })",
      [[1, "a"]],
      ["a", 2],
    ],
    ["/* () RETURNS INT */ function named() { return 7 }", [], 7],
  ])("%s", async (text, values, expected) => {
    const call = await open(text);
    expect(call(...values)).toEqual(expected);
  });

  it.each<[string, unknown[], RegExp]>([
    ["/* (a INT) RETURNS INT */ (a) => a / 2", [3], /'f' gave a wrong value: 1.5 is no INT/],
    ["/* (a INT) RETURNS TINYINT */ (a) => a", [300], /300 is no TINYINT/],
    ["/* (a INT) RETURNS STRING */ (a) => a", [3], /type number is no STRING/],
    ["/* (a INT) RETURNS INT NOT NULL */ () => null", [3], /NULL is no INT NOT NULL/],
    ["/* (a INT) RETURNS INT */ async (a) => a", [3], /is no INT/],
    ["/* (a INT) RETURNS ARRAY<INT> */ () => ({ length: 1e9 })", [3], /is no ARRAY<INT>/],
    ["/* (a INT) RETURNS DECIMAL(3, 1) */ () => '100'", [3], /is no DECIMAL/],
    ["/* (a INT) RETURNS INT */ () => { throw new TypeError('bad') }", [3], /'f' failed: TypeError: bad/],
    ["/* (a INT) RETURNS INT */ () => { throw null }", [3], /'f' failed: null/],
    ["/* (a INT) RETURNS INT */ () => Math.random()", [3], /the same call must give the same answer/],
    ["/* (a INT) RETURNS INT */ () => Date.now()", [3], /no clock/],
    ["/* (a INT) RETURNS INT */ () => new Date().getTime()", [3], /no clock/],
    ["/* (a INT) RETURNS INT */ () => new Date.prototype.constructor().getTime()", [3], /no clock/],
  ])("%s fails", async (text, values, message) => {
    const call = await open(text);
    expect(() => call(...values)).toThrow(EvaluationError);
    expect(() => call(...values)).toThrow(message);
  });

  it("keeps functions apart, and finds them by name alone", async () => {
    const functions = await openJavaScriptFunctions([
      { name: "put", text: "/* () RETURNS INT */ () => { globalThis.shared = 1; return 1 }" },
      { name: "look", text: "/* () RETURNS STRING */ () => typeof shared" },
    ]);
    opened.push(functions);
    const run = (name: string): unknown => {
      const code = functions.scalar(name)?.resolve([], [])?.code;
      return code?.kind === "nullable" ? code.call() : undefined;
    };
    expect(run("udf:put")).toBe(1);
    expect(run("udf:look")).toBe("undefined");
    expect(functions.scalar("put")).toBeUndefined();
    expect(functions.scalar("udf:other")).toBeUndefined();
  });

  it("gives each call arguments of its own", async () => {
    const grow = await open("/* (a ARRAY<INT>) RETURNS INT */ (a) => { a.push(1); return a.length }");
    const values = [1, 2];
    expect([grow(values), grow(values), grow([5])]).toEqual([3, 3, 2]);
    const join = await open("/* (a STRING, b STRING) RETURNS STRING */ (a, b) => String(a) + b");
    expect([join("x", "y"), join("x", "z"), join(null, "z"), join("x", "z")]).toEqual([
      "xy",
      "xz",
      "nullz",
      "xz",
    ]);
  });

  it("refuses what is no function", async () => {
    await expect(open("/* () RETURNS INT */ 42")).rejects.toThrow(/no function/);
    await expect(open("/* () RETURNS INT */ (() => { throw new Error('early') })()")).rejects.toThrow(
      /early/,
    );
  });
});

describe("the sandbox", () => {
  it.each([
    "typeof process",
    "typeof require",
    "typeof module",
    "typeof fetch",
    "typeof console",
    "typeof setTimeout",
    "typeof Buffer",
    "typeof globalThis.process",
    "typeof WebAssembly",
    "typeof navigator",
    "typeof performance",
    "(function () {}).constructor('return typeof process')()",
    "(0, eval)('typeof process')",
    "typeof Object.getPrototypeOf(async function () {}).constructor('return process')().process",
  ])("has nothing of the process: %s", async (expression) => {
    const call = await open(`/* () RETURNS STRING */ () => ${expression}`);
    expect(call()).toBe("undefined");
  });

  it("loads no modules", async () => {
    const call = await open(
      "/* () RETURNS STRING */ () => { let found = 'nothing'; import('node:fs').then((fs) => { found = typeof fs }); return found }",
    );
    expect([call(), call()]).toEqual(["nothing", "nothing"]);
  });

  it("does not change the objects of the process", async () => {
    const call = await open(
      "/* () RETURNS INT */ () => { Object.prototype.hacked = 1; Array.prototype.map = null; return 1 }",
    );
    expect(call()).toBe(1);
    expect("hacked" in {}).toBe(false);
    expect([1].map(String)).toEqual(["1"]);
  });

  it.each<[string, RegExp]>([
    ["for (;;) {}", /longer than 1000 ms/],
    ["/(a+)+$/.test('a'.repeat(60) + 'b')", /longer than 1000 ms/],
    ["(function deeper() { deeper() })()", /stack overflow/],
    ["JSON.parse('['.repeat(1e6))", /stack overflow/],
    ["const all = []; for (;;) all.push('x'.repeat(1e6))", /out of memory/],
    ["new Uint8Array(1e9)", /out of memory/],
    ["'x'.repeat(2 ** 30)", /invalid string length/],
  ])("ends %s", { timeout: 60_000 }, async (code, message) => {
    const call = await open(`/* (ends BOOLEAN) RETURNS INT */ (ends) => { if (ends) { ${code} } return 1 }`);
    expect(() => call(true)).toThrow(message);
    expect(call(false)).toBe(1);
  });

  it("frees what calls have used", { timeout: 60_000 }, async () => {
    const call = await open("/* (s STRING) RETURNS STRING */ (s) => s + s");
    const text = "x".repeat(100_000);
    for (let round = 0; round < 300; round += 1) expect(call(text)).toHaveLength(200_000);
  });
});
