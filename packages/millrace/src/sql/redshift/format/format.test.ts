import { describe, expect, it } from "vitest";
import { SqlError } from "../../sql-error.ts";
import { bare, expressionOf, queryOf } from "../parser/test-tree.ts";
import { formatExpression, formatQuery } from "./format.ts";
import { RandomSql } from "./test-random-sql.ts";

const written = (text: string): string => formatExpression(expressionOf(text));

describe("expressions", () => {
  it.each([
    ["(A+b)*c", "(a + b) * c"],
    ["a+(b*c)", "a + b * c"],
    ["a - (b - c)", "a - (b - c)"],
    ["(a = b) = c", "(a = b) = c"],
    ["a and (b and c) or d", "a and b and c or d"],
    ["(a or b) and c", "(a or b) and c"],
    ["- - 1", "- -1"],
    ["5 ! + 1", "5 ! +1"],
    ["(5 !) + 1", "(5 !) + 1"],
    ["'it''s' || E'\\n\\\\'", "'it''s' || '\n\\\\'"],
    ['"select"."A"."b c"', '"select"."a"."b c"'],
    ["t.select", 't."select"'],
    ["cast(a as text)", "cast(a as character varying(256))"],
    ["(-1)::int", "(-1)::integer"],
    ["-1::int", "-1::integer"],
    ["(a.b).c[0]", "(a.b).c[0]"],
    ["extract(year from d)", "extract('year' from d)"],
    [
      "count(distinct a) over (partition by b order by c desc rows 1 preceding)",
      "count(distinct a) over (partition by b order by c desc rows 1 preceding)",
    ],
    ["case a when 1 then 2 else 3 end", "case a when 1 then 2 else 3 end"],
    ["a not in (1, 2)", "a not in (1, 2)"],
    ["sysdate", "sysdate"],
    ["array[1, 2]", "array[1, 2]"],
  ])("%s", (text, expected) => {
    expect(written(text)).toBe(expected);
    expect(bare(expressionOf(expected))).toEqual(bare(expressionOf(text)));
  });
});

describe("queries", () => {
  it.each([
    [
      "SELECT a.*, B c from t AS a, (select 1) x WHERE a.k=x.k(+) group by rollup(a,(b,c)) order by 1 desc nulls last limit 3",
      "select a.*, b as c from t as a, (select 1) as x where a.k = x.k (+) group by rollup (a, (b, c)) order by 1 desc nulls last limit 3",
    ],
    [
      "(select 1 limit 1) union (select 2 union select 3)",
      "(select 1 limit 1) union (select 2 union select 3)",
    ],
    ["select * exclude a, b from t qualify c = 1", "select * exclude (a, b) from t qualify c = 1"],
    ["select top 3 a into temp #x from t", "select top 3 a into temporary table #x from t"],
    ["select 1 from a join b join c on x on y", "select 1 from a join (b join c on x) on y"],
  ])("%s", (text, expected) => {
    expect(formatQuery(queryOf(text))).toBe(expected);
    expect(bare(queryOf(expected))).toEqual(bare(queryOf(text)));
  });
});

const SEEDS = 30;
const TEXTS_PER_SEED = 60;

describe("what was written parses to the same tree", () => {
  it.each(Array.from({ length: SEEDS }, (_, seed) => seed))(
    "random expressions and queries, seed %i",
    (seed) => {
      const random = new RandomSql(seed);
      let parsed = 0;
      for (let i = 0; i < TEXTS_PER_SEED; i++) {
        const expression = random.expression(4);
        const query = random.query(3);
        parsed += roundTrip(expression, () => expressionOf(expression), formatExpression, expressionOf);
        parsed += roundTrip(query, () => queryOf(query), formatQuery, queryOf);
      }
      // The generator knows nothing of operators that stand in no row and the like; most of its texts are right.
      expect(parsed).toBeGreaterThan(TEXTS_PER_SEED);
    },
  );
});

/** 1 when the text is SQL. */
function roundTrip<T>(
  text: string,
  parse: () => T,
  format: (tree: T) => string,
  again: (text: string) => T,
): number {
  let tree: T;
  try {
    tree = parse();
  } catch (error) {
    expect(error, text).toBeInstanceOf(SqlError);
    return 0;
  }
  const first = format(tree);
  const second = again(first);
  expect(bare(second), `${text}\n${first}`).toEqual(bare(tree));
  expect(format(second)).toBe(first);
  return 1;
}
