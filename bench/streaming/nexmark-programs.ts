import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../tests/fixtures/flink-sql/nexmark");

/** Queries that the engine runs. The others wait for temporal joins, OVER aggregates, or files. */
export const queries: readonly string[] = [
  ...["q0", "q1", "q2", "q3", "q4", "q5", "q7", "q8", "q9", "q11", "q12", "q14", "q15", "q16", "q17", "q18"],
  ...["q19", "q20", "q21", "q22"],
];

/** Thousands of events per core and second that Flink publishes, nexmark/nexmark GUIDE_V1.md and GUIDE_V2.md. */
export const flinkFigures: Readonly<Record<string, readonly [v1: number, v2?: number]>> = {
  ...{ q0: [155, 379], q1: [158, 395], q2: [175, 414], q3: [152], q4: [34], q5: [22, 75], q7: [12, 23] },
  ...{ q8: [146, 162], q9: [14], q11: [40], q16: [19], q18: [54], q19: [44], q20: [19] },
};

/** Thousands of events per CPU-second: what is asked of the engine. */
export const targets: Readonly<Record<string, number>> = {
  q0: 1500,
  q1: 1500,
  q2: 1500,
  q5: 1000,
  q8: 1000,
  q7: 500,
};
export const otherTarget = 100;

/** The whole program of a query: generator source, discarding sink. */
export function programOf(query: string, options: Readonly<Record<string, string | number>>): string {
  const given = Object.entries(options).map(([name, value]) => `, '${name}' = '${value}'`);
  const schema = readFileSync(join(folder, "schema.sql"), "utf8").replace(
    "'connector' = 'nexmark'",
    `'connector' = 'nexmark'${given.join("")}`,
  );
  return `${schema}\n${readFileSync(join(folder, `${query}.sql`), "utf8")}`;
}
