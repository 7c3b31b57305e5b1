import { beforeAll, describe, expect, it } from "vitest";
import { parseStatement } from "../../../packages/millrace/src/sql/redshift/parser/redshift-parser.ts";
import { SqlError } from "../../../packages/millrace/src/sql/sql-error.ts";
import { sqlglotStatements } from "./sqlglot-statements.ts";

/** What sqlglot takes from other dialects, too, and Redshift's documentation does not know. */
const refused: readonly (readonly [statement: string, why: string])[] = [
  ["SELECT LISTAGG(x, ',') WITHIN GROUP (ORDER BY y) FILTER (WHERE z > 0) FROM t", "no FILTER"],
  ["SELECT CAST('01:03:05.124' AS TIME(2) WITH TIME ZONE)", "times have no precision"],
  ["SELECT CAST('2020-02-02 01:03:05.124' AS TIMESTAMP(2) WITH TIME ZONE)", "nor have timestamps"],
  ["SELECT SNAPSHOT, type", "SNAPSHOT is reserved"],
  ["SELECT 'abc'::BINARY", "BINARY is reserved; the type is BINARY VARYING"],
  ["ALTER TABLE db.t1 RENAME TO db.t2", "a new name has no schema"],
  ["SELECT * FROM t FETCH FIRST 1 ROWS ONLY", "no FETCH"],
  ["SELECT REGEXP_SUBSTR(abc, 'pattern(group)', 2) FROM table", "TABLE is reserved"],
  [
    "SELECT attr AS attr, JSON_TYPEOF(val) AS value_type FROM customer_orders_lineitem AS c, " +
      "UNPIVOT c.c_orders[0] WHERE c_custkey = 9451",
    "UNPIVOT wants AS",
  ],
];

/** Some of them are expressions, with or without an alias. */
function parses(text: string): boolean {
  return [text, `select ${text}`].some((statement) => {
    try {
      return parseStatement(statement) !== undefined;
    } catch (error) {
      if (error instanceof SqlError) {
        return false;
      }
      throw error;
    }
  });
}

describe("sqlglot's statements of Redshift", () => {
  let statements: readonly string[] = [];

  beforeAll(async () => {
    statements = await sqlglotStatements();
  });

  it("parse, but for those that Redshift refuses", () => {
    expect(statements.length).toBeGreaterThanOrEqual(166);
    const failed = statements.filter((statement) => !parses(statement));
    expect(failed.toSorted()).toEqual(refused.map(([statement]) => statement).toSorted());
    expect(statements.length - failed.length).toBeGreaterThanOrEqual(160);
  });
});
