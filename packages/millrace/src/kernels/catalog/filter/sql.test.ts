import { describe, expect, it } from "vitest";
import { partitionKeysOf } from "../partition-key.ts";
import { TestCatalog } from "../test-catalog.ts";
import { hiveNull } from "./filter.ts";
import { parseFilter } from "./parser.ts";
import { evaluate } from "./test-evaluate.ts";

/** A generator of numbers below a bound, always the same for a seed. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const keys = {
  city: "string",
  n: "int",
  price: "decimal(10,2)",
  day: "date",
  at: "timestamp",
  code: "varchar(3)",
  big: "bigint",
  tiny: "tinyint",
  ninth: "string",
  tenth: "smallint",
} as const;

const pools: Readonly<Record<keyof typeof keys, readonly string[]>> = {
  city: ["Rome", "rome", "R*me", "R[o]me", "Ré", "", hiveNull, "50%", "a_b", "\u{1f600}", "\u{1f601}x"],
  n: ["1", "01", "-5", "42", "x", hiveNull, "2147483648"],
  price: ["1.5", "1.50", "-2", "0", "-0.0", "100", "99.99", "1e3", "abc", hiveNull, "-2.01"],
  day: ["2024-01-01", "2024-02-29", "2023-02-29", "1969-12-31", hiveNull],
  at: ["2024-01-01 00:00:00", "2024-01-01 00:00:00.5", "2024-01-01", "nonsense"],
  code: ["a", "ab", "abc", "b"],
  big: ["9007199254740993", "9007199254740992", "-9223372036854775808", "9223372036854775808"],
  tiny: ["1", "2", "3"],
  ninth: ["x", "y", "z", hiveNull],
  tenth: ["10", "20", "9", "no"],
};

const names = Object.keys(keys) as (keyof typeof keys)[];

function randomValues(random: (below: number) => number): string[] {
  return names.map((name) => pick(random, pools[name]));
}

function pick<T>(random: (below: number) => number, from: readonly T[]): T {
  const picked = from[random(from.length)];
  if (picked === undefined) throw new Error("nothing to pick from");
  return picked;
}

function randomLiteral(random: (below: number) => number, name: keyof typeof keys): string {
  const table = partitionKeysOf({ PartitionKeys: names.map((Name) => ({ Name, Type: keys[Name] })) });
  for (;;) {
    const text = pick(random, pools[name]);
    try {
      const literal = `'${text.replaceAll("'", "''")}'`;
      parseFilter(`${name} = ${literal}`, table);
      return /^[0-9]+$/.test(text) && random(2) === 0 ? text : literal;
    } catch {
      // A value of no use as a literal, which is as it should be.
    }
  }
}

function randomCondition(random: (below: number) => number): string {
  const name = pick(random, names);
  const literal = () => randomLiteral(random, name);
  const not = random(3) === 0 ? "NOT " : "";
  switch (random(6)) {
    case 0:
      return `${name} IS ${not}NULL`;
    case 1:
      return `(${name}) ${not}BETWEEN ${literal()} AND ${literal()}`;
    case 2:
      return `${name} ${not}in (${Array.from({ length: 1 + random(4) }, literal).join(", ")})`;
    case 3: {
      const text = Array.from(pick(random, pools.city)).slice(0, random(4)).join("");
      const pattern = pick(random, [`${text}%`, `%${text}`, `_${text}%`, text, `${text}_`]);
      return `${pick(random, ["city", "code", "ninth"])} ${not}LIKE '${pattern}'`;
    }
    default:
      return `${name} ${pick(random, ["=", "<>", "!=", "<", "<=", ">", ">="])} ${literal()}`;
  }
}

function randomExpression(random: (below: number) => number, depth: number): string {
  if (depth === 0 || random(4) === 0) return randomCondition(random);
  const left = randomExpression(random, depth - 1);
  const right = randomExpression(random, depth - 1);
  switch (random(3)) {
    case 0:
      return `NOT (${left})`;
    case 1:
      return `(${left} AND ${right})`;
    default:
      return `${left} OR (${right})`;
  }
}

describe("filters as SQL", () => {
  it("find what a naive evaluation finds, with and without indexes", async () => {
    await using made = await TestCatalog.start();
    const random = seeded(20_260_101);
    const plain = await made.table("plain", keys);
    const indexed = await made.table("indexed", keys);
    const unique = new Map(
      Array.from({ length: 400 }, () => randomValues(random)).map((values) => [
        JSON.stringify(values),
        values,
      ]),
    );
    const all = [...unique.values()];
    await made.add(plain, ...all);
    await made.add(indexed, ...all.slice(0, 200));
    const indexes = [
      { name: "a", keys: ["n", "day", "city"] },
      { name: "b", keys: ["city", "ninth", "code", "tiny", "tenth"] },
      { name: "c", keys: ["big"] },
    ];
    for (const index of indexes) {
      await made.catalog.partitionIndexes.create(indexed, index);
      await made.catalog.idle();
    }
    await made.add(indexed, ...all.slice(200));
    const table = partitionKeysOf(plain.definition);
    for (let round = 0; round < 500; round++) {
      const expression = randomExpression(random, random(4));
      const filter = parseFilter(expression, table);
      if (filter === undefined) throw new Error("the expression is not blank");
      const expected = all
        .filter((values) => evaluate(filter, values) === true)
        .map((v) => JSON.stringify(v));
      for (const each of [plain, indexed]) {
        const found = (await made.values(each, expression)).map((v) => JSON.stringify(v));
        expect(found.toSorted(), `${each.name}: ${expression}`).toEqual(expected.toSorted());
      }
    }
  });

  it("survive any text, which is refused or answered", async () => {
    await using made = await TestCatalog.start();
    const random = seeded(7);
    const table = await made.table("plain", keys);
    await made.add(table, randomValues(random));
    const pieces = ["(", ")", "city", "n", "=", "<>", "'", "''", "'a'", "1", "-", "IN", "NOT", "NULL", "IS"];
    const more = ["AND", "OR", "BETWEEN", "LIKE", ",", ";", "--", "\0", '"', "x'00'", "DATE", " ", "?", "\\"];
    let refused = 0;
    for (let round = 0; round < 3000; round++) {
      const length = 1 + random(12);
      const text = Array.from({ length }, () => pick(random, [...pieces, ...more])).join(" ");
      try {
        await made.values(table, text);
      } catch (error) {
        expect(error, text).toMatchObject({ name: "CatalogError", refusal: "invalid" });
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(2000);
    expect(await made.values(table)).toHaveLength(1);
  });
});
