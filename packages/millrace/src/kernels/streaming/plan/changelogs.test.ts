import { describe, expect, it } from "vitest";
import type { PhysicalPlan } from "./physical-plan.ts";
import { insertOf, planTest } from "./test-plan.ts";

const keyed = (key: string): string => `k INT NOT NULL, c BIGINT, PRIMARY KEY (${key}) NOT ENFORCED`;
const counts = "SELECT COALESCE(k, 0), COUNT(*) FROM e GROUP BY COALESCE(k, 0)";

/** `kind mode` of what keeps state or joins, in the order of the plan. */
const modesOf = ({ nodes }: PhysicalPlan): readonly string[] =>
  nodes
    .filter(({ operator }) => !["source", "calc", "watermark", "sink"].includes(operator.kind))
    .map(({ operator, changelog }) => `${operator.kind} ${changelog}`);

const updateBefore = ({ nodes }: PhysicalPlan): readonly boolean[] =>
  nodes.flatMap(({ operator }) => ("emitsUpdateBefore" in operator ? [operator.emitsUpdateBefore] : []));

describe("-U before +U", () => {
  it.each([
    ["is said to sinks that take all", insertOf("k INT, c BIGINT", counts), [true]],
    ["is left out for sinks by the key of the rows", insertOf(keyed("k"), counts, "upsert"), [false]],
    [
      "is said to sinks by another key",
      insertOf("k INT, c BIGINT NOT NULL, PRIMARY KEY (c) NOT ENFORCED", counts, "upsert"),
      [true],
    ],
    ["is said below a filter", insertOf(keyed("k"), `${counts} HAVING COUNT(*) < 5`, "upsert"), [true]],
    [
      "is said below another aggregate",
      insertOf(
        "c BIGINT NOT NULL, n BIGINT, PRIMARY KEY (c) NOT ENFORCED",
        "SELECT c, COUNT(*) FROM (SELECT COUNT(*) AS c FROM e GROUP BY k) GROUP BY c",
        "upsert",
      ),
      [true, false],
    ],
    [
      "is said below joins and ranks",
      insertOf(
        "k INT, c BIGINT",
        "SELECT k, c FROM (SELECT k, c, ROW_NUMBER() OVER (ORDER BY c) AS n FROM (SELECT k, COUNT(*) AS c FROM e GROUP BY k)) WHERE n < 3",
      ),
      [true, true],
    ],
  ])("%s", async (_name, program, expected) => {
    expect(updateBefore(await planTest(program))).toEqual(expected);
  });

  it("is said to one of two sinks, and so to both", async () => {
    const program = `CREATE TABLE a (${keyed("k")}) WITH ('connector' = 'upsert');
      CREATE TABLE b (k INT, c BIGINT) WITH ('connector' = 'all');
      EXECUTE STATEMENT SET BEGIN INSERT INTO a ${counts}; INSERT INTO b ${counts}; END;`;
    const plan = await planTest(program);
    expect(updateBefore(plan)).toEqual([true]);
    expect(plan.nodes.filter(({ operator }) => operator.kind === "sink")).toHaveLength(2);
  });
});

describe("changelogs", () => {
  it.each([
    ["of counts by key", insertOf(keyed("k"), counts, "upsert"), ["groupAggregate upsert"]],
    [
      "of inner joins are those of their sides",
      insertOf(
        "a BIGINT, b BIGINT",
        "SELECT e.id, c FROM e JOIN (SELECT k, COUNT(*) AS c FROM f GROUP BY k) AS g ON e.k = g.k",
      ),
      ["groupAggregate retract", "join retract"],
    ],
    [
      "of semi joins lose rows when the other side is updated",
      insertOf("a BIGINT", "SELECT id FROM e WHERE id IN (SELECT COUNT(*) FROM f GROUP BY k)"),
      ["groupAggregate retract", "join retract"],
    ],
    [
      "of unions are those of their inputs",
      insertOf("a BIGINT", "SELECT id FROM e UNION ALL SELECT COUNT(*) FROM f"),
      ["groupAggregate retract", "union retract"],
    ],
    [
      "of collections",
      insertOf("a BIGINT", "SELECT x FROM (SELECT ARRAY[COUNT(*)] AS l FROM e) CROSS JOIN UNNEST(l) AS t(x)"),
      ["groupAggregate retract", "unnest retract"],
    ],
  ])("%s", async (_name, program, expected) => {
    expect(modesOf(await planTest(program))).toEqual(expected);
  });

  it("of filters say -U where rows may stop to fit, also to sinks by key", async () => {
    const modesBelow = async (query: string): Promise<readonly string[]> => {
      const { nodes } = await planTest(insertOf(keyed("k"), query, "upsert"));
      return nodes.slice(-3).map(({ operator, changelog }) => `${operator.kind} ${changelog}`);
    };
    expect(await modesBelow(counts)).toEqual(["groupAggregate upsert", "calc upsert", "sink append"]);
    expect(await modesBelow(`${counts} HAVING COUNT(*) < 5`)).toEqual([
      "groupAggregate retract",
      "calc retract",
      "sink append",
    ]);
  });

  it("are answered row by row where that is set", async () => {
    const plan = await planTest(insertOf("k INT, c BIGINT", counts), { emitsEachRow: true });
    const aggregates = plan.nodes
      .map(({ operator }) => operator)
      .filter(({ kind }) => kind === "groupAggregate");
    expect(aggregates).toMatchObject([{ emitsEachRow: true, retracts: false }]);
  });
});

describe("upsert keys", () => {
  const keyOf = async (columns: string, query: string): Promise<readonly string[] | undefined> => {
    const { nodes } = await planTest(insertOf(columns, query));
    const last = nodes.at(-2);
    return last?.upsertKey?.map((column) => last.fields[column]?.name ?? "");
  };
  const g = "(SELECT k, COUNT(*) AS c FROM e GROUP BY k)";
  const h = "(SELECT k, MAX(v) AS m FROM f GROUP BY k)";

  it.each([
    ["groups", "a INT, b BIGINT", `SELECT k, c FROM ${g}`, ["a"]],
    ["groups whose key goes", "b BIGINT", `SELECT c FROM ${g}`, undefined],
    [
      "groups joined by their keys",
      "a INT, b BIGINT, x INT",
      `SELECT g.k, g.c, h.m FROM ${g} AS g JOIN ${h} AS h ON g.k = h.k`,
      ["a"],
    ],
    [
      "groups joined otherwise",
      "a INT, b INT",
      `SELECT g.k, h.k FROM ${g} AS g JOIN ${h} AS h ON g.c = h.m`,
      ["a", "b"],
    ],
    [
      "left joins to groups",
      "a INT, b BIGINT, x INT",
      `SELECT g.k, g.c, h.m FROM ${g} AS g LEFT JOIN ${h} AS h ON g.k = h.k`,
      ["a"],
    ],
    [
      "full joins",
      "a INT, b BIGINT, x INT",
      `SELECT g.k, g.c, h.m FROM ${g} AS g FULL JOIN ${h} AS h ON g.k = h.k`,
      undefined,
    ],
    [
      "ranks with their number",
      "k INT, x BIGINT, n BIGINT",
      "SELECT k, id, n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v) AS n FROM e) WHERE n < 3",
      ["k", "n"],
    ],
    [
      "first ranks",
      "k INT, x BIGINT",
      "SELECT k, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v) AS n FROM e) WHERE n = 1",
      ["k"],
    ],
    [
      "last rows",
      "k INT, x BIGINT",
      "SELECT k, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts DESC) AS n FROM e) WHERE n = 1",
      ["k"],
    ],
  ])("of %s", async (_name, columns, query, expected) => {
    expect(await keyOf(columns, query)).toEqual(expected);
  });
});
