import { bindProgram } from "../../../sql/flink/bind/index.ts";
import { explainPlan, planProgram } from "./index.ts";
import type { PhysicalPlan } from "./physical-plan.ts";
import type { SinkMode } from "./plan-settings.ts";

/** Tables that queries in tests are about: `e` and `f` by event time, `p` by processing time as well. */
const schema = `
CREATE TABLE e (id BIGINT, k INT, v INT, s STRING, ts TIMESTAMP(3), pt AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)
  WITH ('connector' = 'all');
CREATE TABLE f (id BIGINT, k INT, v INT, s STRING, ts TIMESTAMP(3), pt AS PROCTIME(), WATERMARK FOR ts AS ts) WITH ('connector' = 'all');
CREATE TABLE l (k INT, lt TIMESTAMP_LTZ(3), WATERMARK FOR lt AS lt) WITH ('connector' = 'all');
CREATE TABLE n (k INT, r ROW<x INT, y ROW<z STRING, w INT>>, items ARRAY<INT>, m MAP<STRING, INT>) WITH ('connector' = 'all');
`;

export interface PlanTestOptions {
  readonly emitsEachRow?: boolean;
  readonly idleTimeoutMs?: number;
}

/** What sinks take, by the connector of their table: of other connectors all. */
const modes: Readonly<Record<string, SinkMode>> = { append: "append", upsert: "upsert" };

/** A program behind the tables of the schema. */
export async function planTest(program: string, options: PlanTestOptions = {}): Promise<PhysicalPlan> {
  const connectors = new Map(["all", "append", "upsert"].map((name) => [name, { name, metadata: {} }]));
  const { inserts } = await bindProgram(`${schema}${program}`, {
    connectors,
    catalogs: undefined,
    settings: {},
  });
  return planProgram(inserts, {
    sinkMode: ({ options: { connector = "" } }) => modes[connector] ?? "all",
    idleTimeoutMs: () => options.idleTimeoutMs ?? 0,
    emitsEachRow: options.emitsEachRow === true,
  });
}

/** A query into a sink with these columns. */
export const insertOf = (columns: string, query: string, connector = "all"): string =>
  `CREATE TABLE sink (${columns}) WITH ('connector' = '${connector}'); INSERT INTO sink ${query};`;

/**
 * EXPLAIN without its heading, the sink, watermarks, and what is the same everywhere: a space a level,
 * `Scan table[fields]`, and no changelog mode where all are inserts.
 */
export async function explainTest(columns: string, query: string, connector = "all"): Promise<string> {
  const lines = explainPlan(await planTest(insertOf(columns, query, connector)))
    .trimEnd()
    .split("\n");
  const short: string[] = [];
  // How far to the left lines below watermarks move, by the depth at which that begins.
  let skipped: number[] = [];
  for (const line of lines.slice(2)) {
    const depth = line.indexOf("+- ") / 3;
    skipped = skipped.filter((from) => from < depth);
    const text = line
      .slice(line.indexOf("+- ") + 3)
      .replace(", changelogMode=[I])", ")")
      .replace(/TableSourceScan\(table=\[\[[^\]]*, (\w+)\]\], fields=(\[.*\])\)/, "Scan $1$2");
    if (text.startsWith("WatermarkAssigner")) skipped.push(depth);
    else short.push(`${" ".repeat(depth - skipped.length)}${text}`);
  }
  return short.join("\n");
}
