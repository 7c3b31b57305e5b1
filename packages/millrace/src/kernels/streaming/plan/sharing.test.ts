import { describe, expect, it } from "vitest";
import { explainPlan } from "./index.ts";
import type { PhysicalPlan } from "./physical-plan.ts";
import { insertOf, planTest } from "./test-plan.ts";

const sinks = ["a", "b", "c"]
  .map((name) => `CREATE TABLE ${name} (k INT, c BIGINT) WITH ('connector' = 'all');`)
  .join("");
const set = (...inserts: readonly string[]): string =>
  `${sinks} EXECUTE STATEMENT SET BEGIN ${inserts.map((insert) => `INSERT INTO ${insert};`).join(" ")} END;`;
const counts = "SELECT k, COUNT(*) FROM e GROUP BY k";
const kindsOf = ({ nodes }: PhysicalPlan): readonly string[] => nodes.map(({ operator }) => operator.kind);

/** By uid what a snapshot would be matched with; kinds without state aside. */
function statefulUids({ nodes }: PhysicalPlan): readonly string[] {
  const stateless = ["source", "calc", "sink", "union", "unnest", "watermark", "windowAssign"];
  return nodes.filter(({ operator }) => !stateless.includes(operator.kind)).map(({ uid }) => uid);
}

describe("a statement set", () => {
  it("reads a table once, for all the columns that its queries read", async () => {
    const plan = await planTest(
      set("a SELECT k, id FROM e WHERE v > 1", "b SELECT k, COUNT(*) FROM e WHERE s = 'x' GROUP BY k"),
    );
    const sources = plan.nodes.filter(({ operator }) => operator.kind === "source");
    expect(sources.map(({ fields }) => fields.map(({ name }) => name))).toEqual([
      ["v", "k", "id", "s", "ts"],
    ]);
  });

  it("shares what is equal, and shows it once", async () => {
    const plan = await planTest(set(`a ${counts}`, `b ${counts}`));
    expect(kindsOf(plan)).toEqual(["source", "watermark", "calc", "groupAggregate", "calc", "sink", "sink"]);
    expect(explainPlan(plan)).toBe(`== Optimized Physical Plan ==
Sink(table=[default_catalog.default_database.a], fields=[k, c])
+- Calc(select=[k, EXPR$0 AS c], changelogMode=[I,UB,UA])(reuse_id=[4])
   +- GroupAggregate(groupBy=[k], select=[k, COUNT(*) AS EXPR$0], changelogMode=[I,UB,UA])
      +- Exchange(distribution=[hash[k]])
         +- Calc(select=[k], changelogMode=[I])
            +- WatermarkAssigner(rowtime=[ts], watermark=[(ts - 5000:INTERVAL SECOND)], changelogMode=[I])
               +- TableSourceScan(table=[[default_catalog, default_database, e]], fields=[k, ts], changelogMode=[I])
Sink(table=[default_catalog.default_database.b], fields=[k, c])
+- Reused(reference_id=[4])
`);
  });

  it("writes the same rows twice where that is asked for", async () => {
    const plan = await planTest(set(`a ${counts}`, `a ${counts}`));
    expect(kindsOf(plan).filter((kind) => kind === "sink")).toHaveLength(2);
  });

  it("of a thousand inserts is planned and shown", async () => {
    const inserts = Array.from(
      { length: 1000 },
      (_, index) => `a SELECT k, COUNT(*) FROM e WHERE v > ${index % 100} GROUP BY k`,
    );
    const plan = await planTest(set(...inserts));
    expect(plan.nodes).toHaveLength(2 + 100 * 3 + 1000);
    expect(
      explainPlan(plan)
        .split("\n")
        .filter((line) => line.startsWith("Sink(")),
    ).toHaveLength(1000);
  });
});

describe("uids of operators", () => {
  const top =
    "SELECT k, c FROM (SELECT k, c, ROW_NUMBER() OVER (PARTITION BY MOD(c, 2) ORDER BY k) AS n FROM (SELECT k, COUNT(*) AS c FROM e GROUP BY k)) WHERE n < 3";

  it("are different in one plan, also of equal operators", async () => {
    const plan = await planTest(set(`a ${counts}`, `b SELECT k, COUNT(*) FROM f GROUP BY k`));
    const uids = plan.nodes.map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(uids.length);
    const [first, second] = statefulUids(plan);
    expect(second).toBe(`${first}-2`);
  });

  it("stay when other queries, filters and columns come and go", async () => {
    const [count = "", rank = ""] = statefulUids(await planTest(set(`a ${top}`)));
    const others = [
      set("b SELECT k, MAX(v) FROM e GROUP BY k", `a ${top}`, "c SELECT k, id FROM f"),
      set(`a ${top.replace("FROM e", "FROM e WHERE v > 3")}`),
      set(`a ${top.replace("SELECT k, c", "SELECT k + 1, c")} `),
    ];
    for (const program of others)
      expect(statefulUids(await planTest(program))).toEqual(expect.arrayContaining([count, rank]));
    const changed = statefulUids(await planTest(set(`a ${top.replace("COUNT(*)", "COUNT(v)")}`)));
    expect(changed).not.toContain(count);
  });

  it("are the same in each run", async () => {
    const [one, two] = [await planTest(set(`a ${top}`)), await planTest(set(`a ${top}`))];
    expect(one).toEqual(two);
  });
});

describe("views over views that double an expression", () => {
  const nested = (filter: (level: number) => string): string =>
    Array.from(
      { length: 98 },
      (_, at) => `CREATE VIEW v${at + 1} AS SELECT a + a AS a, b FROM v${at}${filter(at)};`,
    ).join("");

  it.each([
    ["", () => ""],
    [" with filters", (level: number) => ` WHERE b > ${level}`],
    [" with filters on it", (level: number) => ` WHERE a > ${level}`],
  ])("stay bounded%s", async (_name, filter) => {
    const views = `CREATE VIEW v0 AS SELECT v AS a, k AS b FROM e;${nested(filter)}`;
    const plan = await planTest(views + insertOf("a INT", "SELECT a FROM v98 WHERE a > 0"));
    expect(plan.nodes.length).toBeLessThan(200);
    expect(JSON.stringify(plan).length).toBeLessThan(20_000_000);
  });
});
