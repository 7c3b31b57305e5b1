import { describe, expect, it } from "vitest";
import { typeText } from "../type-text.ts";
import { describeCases, resolved, timestamp, typed } from "./test-function-cases.ts";
import { comparatorOf, compareTexts, sameValueOf } from "./value-order.ts";

// nightlies.apache.org/flink/flink-docs-stable/docs/sql/functions/built-in-functions/: Conditional Functions
describeCases("conditions", [
  ["greatest", [1, 3, 2], 3, "INT"],
  ["greatest", [1, null], null],
  ["greatest", ["a", "b"], "b", "STRING"],
  ["greatest", [1], 1],
  ["least", [3, 1, 2], 1],
  [
    "least",
    [timestamp("2020-01-01 00:00:00"), timestamp("2019-01-01 00:00:00")],
    timestamp("2019-01-01 00:00:00").value,
  ],
  ["is_alpha", ["abcä"], true, "BOOLEAN NOT NULL"],
  ["is_alpha", ["a1"], false],
  ["is_alpha", [""], false],
  ["is_alpha", [typed("STRING", null)], false],
  ["is_digit", ["123"], true],
  ["is_digit", ["1.5"], false],
  ["is_decimal", ["-1.5e3"], true],
  ["is_decimal", ["1."], true],
  ["is_decimal", ["x"], false],
  ["is_decimal", [""], false],
  ["is_decimal", [5], true],
]);

function type(name: string, ...types: string[]): string | undefined {
  const signature = resolved(
    name,
    types.map((text) => typed(text, null)),
    false,
  );
  if (signature === undefined) return undefined;
  return `${signature.arguments.map(typeText).join(", ")} -> ${typeText(signature.result)} ${signature.code.kind}`;
}

describe("types of what the compiler makes", () => {
  it.each([
    ["coalesce", ["INT", "BIGINT NOT NULL"], "BIGINT, BIGINT NOT NULL -> BIGINT NOT NULL builtin"],
    ["coalesce", ["INT", "INT"], "INT, INT -> INT builtin"],
    ["coalesce", ["INT", "STRING"], undefined],
    ["ifnull", ["INT", "INT NOT NULL"], "INT, INT NOT NULL -> INT NOT NULL builtin"],
    ["nullif", ["INT NOT NULL", "INT NOT NULL"], "INT NOT NULL, INT NOT NULL -> INT builtin"],
    [
      "if",
      ["BOOLEAN", "INT NOT NULL", "INT NOT NULL"],
      "BOOLEAN, INT NOT NULL, INT NOT NULL -> INT NOT NULL builtin",
    ],
    ["if", ["INT", "INT", "INT"], undefined],
    [
      "=",
      ["INT NOT NULL", "BIGINT NOT NULL"],
      "BIGINT NOT NULL, BIGINT NOT NULL -> BOOLEAN NOT NULL builtin",
    ],
    ["=", ["STRING", "INT"], undefined],
    ["=", ["STRING", "TIMESTAMP(3)"], "TIMESTAMP(3), TIMESTAMP(3) -> BOOLEAN builtin"],
    ["<", ["DATE", "STRING"], "DATE, DATE -> BOOLEAN builtin"],
    ["=", ["ARRAY<INT>", "ARRAY<INT>"], "ARRAY<INT>, ARRAY<INT> -> BOOLEAN builtin"],
    ["<", ["ARRAY<INT>", "ARRAY<INT>"], undefined],
    ["is distinct from", ["INT", "INT"], "INT, INT -> BOOLEAN NOT NULL builtin"],
    ["in", ["INT", "INT NOT NULL", "BIGINT"], "BIGINT, BIGINT NOT NULL, BIGINT -> BOOLEAN builtin"],
    ["in", ["INT"], undefined],
    ["is null", ["INT"], "INT -> BOOLEAN NOT NULL builtin"],
    ["is true", ["BOOLEAN"], "BOOLEAN -> BOOLEAN NOT NULL builtin"],
    ["is true", ["INT"], undefined],
    [
      "and",
      ["BOOLEAN", "BOOLEAN NOT NULL", "BOOLEAN"],
      "BOOLEAN, BOOLEAN NOT NULL, BOOLEAN -> BOOLEAN builtin",
    ],
    ["and", ["BOOLEAN", "INT"], undefined],
    ["not", ["BOOLEAN NOT NULL"], "BOOLEAN NOT NULL -> BOOLEAN NOT NULL builtin"],
  ])("%s of %j", (name, types, expected) => {
    expect(type(name, ...types)).toBe(expected);
  });
});

describe("the order of values", () => {
  it("of texts is that of their bytes in UTF-8", () => {
    const texts = ["", "a", "ab", "b", "é", "\ud7ff", "\ue000", "\uffff", "😀", "\u{10ffff}"];
    for (const left of texts) {
      for (const right of texts) {
        const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right));
        expect(Math.sign(compareTexts(left, right))).toBe(bytes);
      }
    }
  });

  it("knows NaN, NULLs in rows, and maps", () => {
    const doubles = comparatorOf({ kind: "double", nullable: true });
    expect([doubles(Number.NaN, 1), doubles(Number.NaN, Number.NaN), doubles(0, -0)]).toEqual([1, 0, 0]);
    const rows = comparatorOf({
      kind: "row",
      nullable: true,
      fields: ["a", "b"].map((name) => ({ name, type: { kind: "int", nullable: true } })),
    });
    expect([rows([1, null], [1, null]), rows([1, null], [1, 0]), rows([2, 1], [1, 9])]).toEqual([0, -1, 1]);
    const same = sameValueOf({
      kind: "map",
      key: { kind: "binary", length: 1, nullable: false },
      value: { kind: "int", nullable: true },
      nullable: true,
    });
    const map = (value: number | null): ReadonlyMap<unknown, unknown> => new Map([[Uint8Array.of(1), value]]);
    expect([same(map(1), map(1)), same(map(1), map(null)), same(null, null), same(null, map(1))]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
