import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SqlError } from "../../sql-error.ts";
import { TestEngine } from "../bind/test-engine.ts";
import { engineError } from "../engine-errors.ts";

/** A statement and its rows: values joined by `|`, rows by ` ; `, nulls as `null`. */
export type Example = readonly [sql: string, rows: string];
/** A statement, its SQLSTATE and its message. */
export type Failure = readonly [sql: string, sqlState: string, message: string];

/** Runs what is printed for each statement on the engine. Types that the binder says must be the engine's. */
export function describeExamples(
  title: string,
  examples: readonly Example[],
  failures: readonly Failure[] = [],
): void {
  describe(title, () => {
    let engine: TestEngine;
    beforeAll(async () => {
      engine = await TestEngine.open();
    });
    afterAll(() => engine.close());

    it.each(examples)("%s", async (sql, expected) => {
      const rows = await engine.rows(sql);
      expect(rows.map((row) => row.map((value) => value ?? "null").join("|")).join(" ; ")).toBe(expected);
      const types = await engine.types(sql);
      expect(types.engine.map(sameName)).toEqual(
        types.bound.map((type, index) => boundName(type, types.engine[index])),
      );
    });

    if (failures.length > 0) {
      it.each(failures)("%s fails with %s", async (sql, sqlState, message) => {
        const error = await failureOf(engine, sql);
        expect([error.sqlState, error.message]).toEqual([sqlState, message]);
      });
    }
  });
}

async function failureOf(engine: TestEngine, sql: string): Promise<SqlError> {
  try {
    await engine.rows(sql);
  } catch (error) {
    return engineError(error);
  }
  throw new Error(`${sql} did not fail`);
}

function sameName(type: string): string {
  return type.replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ").replace("TIME WITH TIME ZONE", "TIMETZ");
}

/** SUPER is a text to the engine's client; a decimal may have less digits than it is said to have, of one scale. */
function boundName(type: string, engine: string | undefined): string {
  if (type === "JSON") return "VARCHAR";
  const scale = /^DECIMAL\(\d+,(\d+)\)$/.exec(type)?.[1];
  return scale !== undefined && engine?.endsWith(`,${scale})`) === true ? engine : type;
}
