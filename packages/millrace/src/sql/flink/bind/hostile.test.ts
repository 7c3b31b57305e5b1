import { describe, expect, it } from "vitest";
import { SqlError } from "../../sql-error.ts";
import { bindTest, errorOf, planOf } from "./test-bind.ts";

/** Either it binds or it is an SqlError: never anything else. */
async function survives(text: string): Promise<void> {
  try {
    await bindTest(text);
  } catch (error) {
    expect(error).toBeInstanceOf(SqlError);
  }
}

/** Numbers from 0 to below 1, the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("hostile input", () => {
  it("long chains and deep nesting are bound or refused", async () => {
    await survives(`SELECT ${Array.from({ length: 20_000 }, (_, i) => `a = ${i}`).join(" OR ")} FROM plain`);
    await survives(`SELECT ${Array.from({ length: 3_000 }, () => "a").join(" + ")} FROM plain`);
    await survives(`SELECT ${"(".repeat(500)}a${")".repeat(500)} FROM plain`);
    await survives(`SELECT ${"CASE a WHEN 1 THEN ".repeat(100)} a ${"END ".repeat(100)} FROM plain`);
    await survives(`SELECT * FROM plain WHERE a IN (${Array.from({ length: 20_000 }, (_, i) => i).join()})`);
    await survives(Array.from({ length: 2_000 }, () => "SELECT a FROM plain").join(" UNION ALL "));
    await survives(`SELECT ${Array.from({ length: 3_000 }, () => "COUNT(DISTINCT a)").join()} FROM plain`);
  });

  it("an expression that is there many times over has a limit", async () => {
    const nested = (depth: number): string =>
      depth === 0 ? "a" : `CASE ${nested(depth - 1)} WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 3 THEN 3 END`;
    expect(await errorOf(`SELECT ${nested(14)} FROM plain`)).toMatch(/^54001 an expression has more than/);
  });

  it("queries in queries are bound in time that grows with them", async () => {
    const exists = (depth: number): string =>
      depth === 0
        ? "SELECT 1 FROM plain p0"
        : `SELECT 1 FROM plain p${depth} WHERE EXISTS (${exists(depth - 1)} WHERE p${depth - 1}.a = p${depth}.a)`;
    await survives(exists(7).replaceAll(/WHERE EXISTS \((.*)\) WHERE/g, "WHERE EXISTS ($1) AND"));
    await survives(`${"SELECT * FROM (".repeat(100)} plain ${")".repeat(100)}`);
    expect(await errorOf(deepExists(12))).toMatch(/^0A000 more than 8 levels of IN and EXISTS/);
  });

  it("views over views have a limit, and doubling ones cost no more than their number", async () => {
    const views = Array.from(
      { length: 60 },
      (_, i) =>
        `CREATE VIEW v${i + 1} AS SELECT x.a FROM ${i === 0 ? "plain" : `v${i}`} x, ${i === 0 ? "plain" : `v${i}`} y`,
    );
    await survives(`${views.join(";\n")}; SELECT * FROM v60`);
    const chain = Array.from(
      { length: 150 },
      (_, i) => `CREATE VIEW w${i + 1} AS SELECT a FROM ${i === 0 ? "plain" : `w${i}`}`,
    );
    expect(await errorOf(`${chain.join(";\n")};\nSELECT * FROM w150`)).toMatch(/more than 100 views/);
  });

  it("names of objects of JavaScript are plain names", async () => {
    expect(await errorOf("SELECT __proto__ FROM plain")).toMatch(/^42703/);
    expect(await errorOf("SELECT `constructor`(a) FROM plain")).toMatch(/^42883/);
    expect(await errorOf("SELECT * FROM toString")).toMatch(/^42P01/);
    expect(
      await planOf(
        "CREATE TABLE `__proto__` (`constructor` INT, `__proto__` STRING) WITH ('connector' = 'x', '__proto__' = 'y'); SELECT `constructor`, `__proto__` FROM `__proto__`",
      ),
    ).toBe("Project constructor, __proto__\n  Scan __proto__");
    await survives("SET '__proto__' = 'x'; SET");
    await survives("CREATE TABLE t (a INT METADATA FROM '__proto__' VIRTUAL) WITH ('connector' = 'stream')");
    await survives(
      "CREATE TABLE t (a INT METADATA FROM 'constructor' VIRTUAL) WITH ('connector' = 'stream')",
    );
  });

  it("random pieces of SQL never break it", async () => {
    const pieces = [
      ...[
        "SELECT",
        "FROM",
        "WHERE",
        "GROUP BY",
        "HAVING",
        "ORDER BY",
        "LIMIT 3",
        "UNION ALL",
        "JOIN",
        "ON",
        "(",
        ")",
        ",",
      ],
      ...[
        "a",
        "b",
        "plain",
        "bids",
        "price",
        "channel",
        "ts",
        "seller",
        "seller.name",
        "items[1]",
        "*",
        "1",
        "'x'",
        "NULL",
      ],
      ...[
        "COUNT(*)",
        "SUM(price)",
        "UPPER(b)",
        "TUMBLE(ts, INTERVAL '1' MINUTE)",
        "TUMBLE_START(ts, INTERVAL '1' MINUTE)",
      ],
      ...[
        "=",
        "+",
        "AND",
        "IN (SELECT a FROM plain)",
        "EXISTS (SELECT 1 FROM bids WHERE price = a)",
        "AS x",
        "IS NULL",
      ],
      ...[
        "ROW_NUMBER() OVER (ORDER BY a)",
        "(SELECT MAX(a) FROM plain)",
        "CROSS JOIN UNNEST(tags) AS t (tag)",
        "DISTINCT",
      ],
    ];
    const random = randomNumbers(7);
    for (let round = 0; round < 400; round++) {
      const length = 2 + Math.floor(random() * 12);
      const words = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]);
      await survives(`SELECT ${words.join(" ")} FROM plain, bids`);
      await survives(`SELECT a, price FROM plain, bids ${words.join(" ")}`);
    }
  });
});

function deepExists(depth: number): string {
  const inner = depth === 0 ? "" : ` WHERE EXISTS (${deepExists(depth - 1)})`;
  return `SELECT 1 FROM plain${inner}`;
}
