import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { SqlType } from "../types.ts";
import { functionEntries, isFunctionName, resolveFunction } from "./function-table.ts";
import { refusedFunctions } from "./refused-functions.ts";
import { awsFunctionNames } from "./test-aws-names.ts";
import { functionsPage } from "./test-functions-page.ts";

const integer: SqlType = { name: "integer" };
const unknown: SqlType = { name: "unknown" };

describe("the table of functions", () => {
  it.each(awsFunctionNames)("has or refuses %s, which AWS lists", (name) => {
    expect(isFunctionName(name) || refusedFunctions.has(name)).toBe(true);
  });

  it("refuses nothing that it has", () => {
    expect([...refusedFunctions.keys()].filter(isFunctionName)).toEqual([]);
  });

  it("has each signature once", () => {
    const texts = functionEntries.map((entry) => entry.text.replace(/ \S+$/, ""));
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });

  it("takes the nearest signature, literals as texts where both would do", () => {
    const chosen = (types: readonly SqlType[]): string =>
      resolveFunction(
        "round",
        types.map((type) => ({ type })),
      ).parameterTypes[0]?.name ?? "";
    expect(chosen([{ name: "smallint" }])).toBe("smallint");
    expect(chosen([{ name: "real" }])).toBe("double precision");
    expect(resolveFunction("len", [{ type: unknown }]).parameterTypes[0]?.name).toBe("character varying");
    expect(resolveFunction("coalesce", [{ type: integer }, { type: { name: "bigint" } }]).type.name).toBe(
      "bigint",
    );
    expect(resolveFunction("coalesce", [{ type: unknown }, { type: integer }]).type.name).toBe("integer");
  });

  it.each([
    ["sum", { name: "numeric", precision: 5, scale: 2 }, { name: "numeric", precision: 38, scale: 2 }],
    ["avg", { name: "numeric", precision: 5, scale: 2 }, { name: "numeric", precision: 38, scale: 2 }],
    ["avg", integer, { name: "bigint" }],
    ["sum", { name: "real" }, { name: "double precision" }],
    ["max", { name: "character varying", length: 7 }, { name: "character varying", length: 7 }],
    ["upper", { name: "character", length: 7 }, { name: "character varying", length: 7 }],
  ] as const)("%s has AWS's type", (name, type, expected) => {
    expect(resolveFunction(name, [{ type }]).type).toEqual(expected);
  });

  it("asks the session for what only it knows", () => {
    const session = {
      value: (name: string) => (name === "current_user" ? "'anna'" : undefined),
      call: (name: string, args: readonly string[]) => `${name}<${args.join()}>`,
    };
    const user = resolveFunction("current_user", []);
    expect([user.sessionValue, user.print([], { session })]).toEqual([true, "'anna'"]);
    const privilege = resolveFunction("has_table_privilege", [{ type: unknown }, { type: unknown }]);
    expect(privilege.print(["'t'", "'select'"], { session })).toBe("has_table_privilege<'t','select'>");
    expect(() => resolveFunction("pg_backend_pid", []).print([], { session })).toThrow(
      "pg_backend_pid() is not available here.",
    );
  });
});

it("the page of functions is made from the table", () => {
  const path = new URL("../../../../../../docs/redshift-functions.md", import.meta.url);
  if (process.env["UPDATE_FUNCTIONS_PAGE"] === "1") writeFileSync(path, functionsPage());
  expect(readFileSync(path, "utf8")).toBe(functionsPage());
});
