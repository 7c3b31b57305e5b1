import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { flinkType } from "../bind/data-type.ts";
import { parseDataType } from "../parser/flink-parser.ts";
import { typeText } from "../type-text.ts";
import { aggregateFunctions } from "./aggregate-functions.ts";
import { functionGroups } from "./function-groups.ts";
import { aggregateFunction, functionNames, missingFunction, scalarFunction } from "./function-table.ts";
import { missingFunctions } from "./missing-functions.ts";
import { flinkFunctions } from "./test-flink-functions.ts";
import { functionsPage } from "./test-functions-page.ts";

const page = new URL("../../../../../../docs/flink-functions.md", import.meta.url);
const all = functionGroups.flatMap(([, functions]) => functions);

describe("the table of functions", () => {
  it("has each name once, and finds it", () => {
    const names = all.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const entry of all) expect(scalarFunction(entry.name)).toBe(entry);
    expect(scalarFunction("nothing")).toBeUndefined();
    expect(scalarFunction("constructor")).toBeUndefined();
    expect(scalarFunction("UPPER")).toBeUndefined();
  });

  it("has functions or reasons for all of Flink's tables, and nothing besides", () => {
    const known = new Set(flinkFunctions.flatMap(([, functions]) => functions.map(([, name]) => name)));
    const ours = [...all, ...aggregateFunctions].map(({ name }) => name);
    expect(ours.filter((name) => !known.has(name))).toEqual([]);
    for (const name of missingFunctions.keys()) {
      expect(scalarFunction(name) ?? aggregateFunction(name)).toBeUndefined();
      expect(missingFunction(name)).not.toBe("");
    }
  });

  it("knows the further names of aggregates", () => {
    expect(aggregateFunction("stddev")?.name).toBe("stddev_samp");
    expect(aggregateFunction("variance")?.name).toBe("var_samp");
    expect(functionNames()).toContain("count");
    expect(functionNames()).not.toContain("=");
  });

  it("is what the page of functions says", () => {
    const text = functionsPage();
    if (process.env["UPDATE_FUNCTIONS_PAGE"] !== undefined) writeFileSync(page, text);
    expect(readFileSync(page, "utf8")).toBe(text);
  });
});

function signature(name: string, types: readonly string[]): string | undefined {
  const found = aggregateFunction(name)?.resolve(
    types.map((text) => flinkType(parseDataType(text))),
    [],
  );
  if (found === undefined) return undefined;
  const constants = found.constants === 0 ? "" : ` (${found.constants} constant)`;
  return `${found.arguments.map(typeText).join(", ")}${constants} -> ${typeText(found.result)}`;
}

describe("aggregates' types", () => {
  it.each<[string, string[], string | undefined]>([
    ["count", [], " -> BIGINT NOT NULL"],
    ["count", ["INT", "STRING"], "INT, STRING -> BIGINT NOT NULL"],
    ["sum", ["INT NOT NULL"], "INT NOT NULL -> INT NOT NULL"],
    ["sum", ["DECIMAL(10, 2)"], "DECIMAL(10, 2) -> DECIMAL(38, 2)"],
    ["sum", ["STRING"], undefined],
    ["sum", ["INT", "INT"], undefined],
    ["avg", ["INT"], "INT -> INT"],
    ["avg", ["DOUBLE"], "DOUBLE -> DOUBLE"],
    ["avg", ["DECIMAL(10, 2)"], "DECIMAL(10, 2) -> DECIMAL(38, 6)"],
    ["stddev_pop", ["DOUBLE"], "DOUBLE -> DOUBLE"],
    ["var_samp", ["INT"], "INT -> INT"],
    ["min", ["STRING NOT NULL"], "STRING NOT NULL -> STRING"],
    ["max", ["ARRAY<INT>"], undefined],
    ["first_value", ["ROW<a INT>"], "ROW<`a` INT> -> ROW<`a` INT>"],
    ["collect", ["STRING"], "STRING -> MULTISET<STRING NOT NULL> NOT NULL"],
    ["array_agg", ["INT"], "INT -> ARRAY<INT>"],
    ["array_agg", ["INT", "CHAR(12) NOT NULL"], "INT, CHAR(12) NOT NULL (1 constant) -> ARRAY<INT>"],
    ["listagg", ["STRING NOT NULL"], "STRING NOT NULL -> STRING NOT NULL"],
    ["listagg", ["STRING", "CHAR(1) NOT NULL"], "STRING, CHAR(1) NOT NULL (1 constant) -> STRING"],
    ["listagg", ["INT"], undefined],
    [
      "json_objectagg",
      ["STRING", "INT", "CHAR(4) NOT NULL"],
      "STRING, INT, CHAR(4) NOT NULL (1 constant) -> STRING NOT NULL",
    ],
    ["json_objectagg", ["INT", "INT", "CHAR(4) NOT NULL"], undefined],
    ["json_arrayagg", ["INT", "CHAR(4) NOT NULL"], "INT, CHAR(4) NOT NULL (1 constant) -> STRING NOT NULL"],
    ["row_number", [], " -> BIGINT NOT NULL"],
    ["rank", ["INT"], undefined],
    ["lag", ["INT NOT NULL", "INT NOT NULL"], "INT NOT NULL, INT NOT NULL (1 constant) -> INT"],
    ["ntile", ["INT NOT NULL"], "INT NOT NULL (1 constant) -> BIGINT NOT NULL"],
  ])("%s of %j", (name, types, expected) => {
    expect(signature(name, types)).toBe(expected);
  });
});
