import { describe, expect, test } from "vitest";
import { parseExpressionText } from "../parser/flink-parser.ts";
import { bare, statementOf } from "../parser/test-tree.ts";
import { formatExpression, formatStatement } from "./format.ts";

describe("expressions", () => {
  test.each([
    ["(a+b)*c", "(a + b) * c"],
    ["a-(b-c)", "a - (b - c)"],
    ["not (a or b) and c", "NOT (a OR b) AND c"],
    ["(not a) = b", "(NOT a) = b"],
    ["- -a", "- -a"],
    ["-(+1)", "- +1"],
    ["(a = b) is null", "a = b IS NULL"],
    ["a = (b is null)", "a = (b IS NULL)"],
    ["(a between b and c) between d and e", "a BETWEEN b AND c BETWEEN d AND e"],
    ["(r).f", "(r).f"],
    ["r.f[1].g", "r.f[1].g"],
    ["(a || b)[1]", "(a || b)[1]"],
    ["`select` + `A b` + `Ab`", "`select` + `A b` + `Ab`"],
    ["left(a, 1)", "left(a, 1)"],
    ["interval -(a) day", "INTERVAL -a DAY"],
    ["interval (a + 1) day", "INTERVAL (a + 1) DAY"],
    ["trim(a)", "trim(a)"],
    ["trim(leading from a)", "TRIM(LEADING ' ' FROM a)"],
    ["current_date", "CURRENT_DATE"],
    ["'it''s'", "'it''s'"],
  ])("%s", (text, expected) => {
    const tree = parseExpressionText(text);
    expect(formatExpression(tree)).toBe(expected);
    expect(bare(parseExpressionText(expected))).toEqual(bare(tree));
  });
});

describe("statements", () => {
  test.each([
    ["select a b from t as x(y)", "SELECT a AS b FROM t AS x (y)"],
    ["(select 1 union select 2) intersect select 3", "(SELECT 1 UNION SELECT 2) INTERSECT SELECT 3"],
    ["select * from a join (b join c on true) on true", "SELECT * FROM a JOIN (b JOIN c ON TRUE) ON TRUE"],
    ["desc t", "DESCRIBE t"],
    ["set a.b=c", "SET 'a.b' = 'c'"],
    [
      "create table t (a int primary key not enforced)",
      "CREATE TABLE t (a INT, PRIMARY KEY (a) NOT ENFORCED)",
    ],
    [
      "statement set begin insert into a select 1; end",
      "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; END",
    ],
    [
      "select * from tumble(table t, descriptor(x), interval '1' hours)",
      "SELECT * FROM TABLE(tumble(TABLE t, DESCRIPTOR(x), INTERVAL '1' HOUR))",
    ],
  ])("%s", (text, expected) => {
    const tree = statementOf(text);
    expect(formatStatement(tree)).toBe(expected);
    expect(bare(statementOf(expected))).toEqual(bare(tree));
  });
});
