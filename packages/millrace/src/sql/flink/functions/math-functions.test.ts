import { expect, it } from "vitest";
import { EvaluationError } from "./scalar-function.ts";
import { type Case, call, decimal, describeCases, resolved, typed } from "./test-function-cases.ts";

const min = -2_147_483_648;

// nightlies.apache.org/flink/flink-docs-stable/docs/sql/functions/built-in-functions/: Arithmetic Functions
const cases: readonly Case[] = [
  ["abs", [-5], 5, "INT"],
  ["abs", [min], min],
  ["abs", [-5n], 5n, "BIGINT"],
  ["abs", [-1.5], 1.5, "DOUBLE"],
  ["abs", [decimal("-12.50")], 1250n, "DECIMAL(4, 2)"],
  ["abs", [typed("TINYINT", -3)], 3, "TINYINT"],
  ["sign", [-2.5], -1, "DOUBLE"],
  ["sign", [7], 1, "INT"],
  ["sign", [-7n], -1n],
  ["sign", [decimal("-0.50")], -100n, "DECIMAL(3, 2)"],
  ["sign", [decimal("0.00")], 0n],
  ["power", [2, 10], 1024, "DOUBLE"],
  ["power", [2, -1], 0.5],
  ["power", [0, 0], 1],
  ["sqrt", [9], 3],
  ["sqrt", [typed("DOUBLE", -1)], Number.NaN],
  ["exp", [0], 1],
  ["ln", [typed("DOUBLE", Math.E)], 1],
  ["log10", [100], 2],
  ["log2", [8], 3],
  ["log", [typed("DOUBLE", Math.E)], 1],
  ["log", [3, 27], Math.log(27) / Math.log(3)],
  ["sin", [0], 0],
  ["cos", [0], 1],
  ["tan", [0], 0],
  ["cot", [typed("DOUBLE", Math.PI / 4)], 1 / Math.tan(Math.PI / 4)],
  ["asin", [1], Math.PI / 2],
  ["acos", [1], 0],
  ["atan", [0], 0],
  ["atan2", [1, 1], Math.PI / 4],
  ["sinh", [0], 0],
  ["cosh", [0], 1],
  ["tanh", [0], 0],
  ["degrees", [typed("DOUBLE", Math.PI)], 180],
  ["radians", [180], Math.PI],
  ["pi", [], Math.PI, "DOUBLE NOT NULL"],
  ["e", [], Math.E, "DOUBLE NOT NULL"],
  ["floor", [1.7], 1, "DOUBLE"],
  ["floor", [-1.2], -2],
  ["floor", [7], 7, "INT"],
  ["floor", [decimal("-12.50")], -13n, "DECIMAL(4, 0)"],
  ["floor", [decimal("12.50")], 12n],
  ["ceil", [1.2], 2],
  ["ceil", [decimal("12.50")], 13n, "DECIMAL(4, 0)"],
  ["ceil", [decimal("-12.50")], -12n],
  ["ceiling", [-1.7], -1],
  ["round", [2.5], 3, "DOUBLE"],
  ["round", [-2.5], -3],
  ["round", [1.005, 2], 1.01],
  ["round", [2.675, 2], 2.68],
  ["round", [1234.5, -2], 1200],
  ["round", [typed("DOUBLE", 1e300), 2], 1e300],
  ["round", [typed("DOUBLE", Number.NaN), 2], Number.NaN],
  ["round", [typed("FLOAT", Math.fround(0.15)), 1], Math.fround(0.2), "FLOAT"],
  ["round", [decimal("653.126"), 2], 65313n, "DECIMAL(6, 2)"],
  ["round", [decimal("99.95"), 1], 1000n, "DECIMAL(4, 1)"],
  ["round", [decimal("653.126"), -2], 700n, "DECIMAL(4, 0)"],
  ["round", [decimal("653.126"), 5], 653_126n, "DECIMAL(6, 3)"],
  ["round", [decimal("-0.5")], -1n, "DECIMAL(2, 0)"],
  ["round", [125, -1], 130, "INT"],
  ["round", [-125, -1], -130],
  ["round", [125, 2], 125],
  ["round", [9_007_199_254_740_993n, -1], 9_007_199_254_740_990n],
  ["truncate", [42.324, 2], 42.32],
  ["truncate", [42.324], 42],
  ["truncate", [-42.329, 2], -42.32],
  ["truncate", [decimal("123.456"), 2], 12_345n, "DECIMAL(6, 2)"],
  ["truncate", [decimal("123.456"), 0], 123n, "DECIMAL(4, 0)"],
  ["truncate", [12_345, -3], 12_000],
  ["mod", [7, typed("TINYINT", 3)], undefined, "TINYINT"],
];

describeCases(
  "arithmetic",
  cases.filter(([name]) => name !== "mod"),
);

it.each([
  ["+", ["INT", "INT"], "INT"],
  ["+", ["TINYINT", "SMALLINT"], "SMALLINT"],
  ["+", ["INT", "BIGINT"], "BIGINT"],
  ["+", ["INT", "DECIMAL(5, 2)"], "DECIMAL(13, 2)"],
  ["+", ["DECIMAL(10, 2)", "DECIMAL(8, 4)"], "DECIMAL(13, 4)"],
  ["-", ["DECIMAL(38, 10)", "DECIMAL(38, 5)"], "DECIMAL(38, 6)"],
  ["*", ["DECIMAL(5, 2)", "DECIMAL(5, 2)"], "DECIMAL(11, 4)"],
  ["/", ["DECIMAL(5, 2)", "DECIMAL(5, 2)"], "DECIMAL(13, 8)"],
  ["/", ["INT", "INT"], "INT"],
  ["%", ["BIGINT", "INT"], "INT"],
  ["mod", ["INT", "BIGINT"], "BIGINT"],
  ["%", ["DECIMAL(5, 2)", "INT"], "DECIMAL(5, 2)"],
  ["+", ["FLOAT", "INT"], "FLOAT"],
  ["+", ["FLOAT", "DECIMAL(5, 2)"], "DOUBLE"],
  ["*", ["DOUBLE", "BIGINT"], "DOUBLE"],
  ["+", ["INT NOT NULL", "INT NOT NULL"], "INT NOT NULL"],
  ["+", ["INT NOT NULL", "INT"], "INT"],
  ["-", ["TIMESTAMP(3)", "INTERVAL DAY"], "TIMESTAMP(3)"],
  ["+", ["INTERVAL MONTH", "DATE"], "DATE"],
  ["+", ["TIME(0)", "INTERVAL HOUR"], "TIME(0)"],
  ["*", ["INTERVAL DAY", "INT"], "INTERVAL DAY TO SECOND(3)"],
  ["+", ["STRING", "INT"], undefined],
  ["+", ["INTERVAL DAY", "INTERVAL MONTH"], undefined],
  ["-", ["TIMESTAMP(3)", "TIMESTAMP(3)"], undefined],
  ["-", ["INTERVAL DAY", "TIMESTAMP(3)"], undefined],
  ["+", ["TIME(0)", "INTERVAL MONTH"], undefined],
  ["abs", ["STRING"], undefined],
  ["round", ["INT", "DOUBLE"], undefined],
])("the type of %s of %j", async (name, types, expected) => {
  const { typeText } = await import("../type-text.ts");
  const signature = resolved(
    name,
    types.map((type) => typed(type, null)),
    false,
  );
  expect(signature === undefined ? undefined : typeText(signature.result)).toBe(expected);
});

it("gives chance by the seed of the round", () => {
  const value = Number(call("rand", []));
  expect(value >= 0 && value < 1).toBe(true);
  expect(call("rand", [])).toBe(value);
  const integer = Number(call("rand_integer", [10]));
  expect(Number.isInteger(integer) && integer >= 0 && integer < 10).toBe(true);
  expect(() => call("rand_integer", [0])).toThrow(EvaluationError);
  expect(() => call("rand", [1])).toThrow(/no RAND with a seed; it runs on Apache Flink itself/);
  expect(call("uuid", [])).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
