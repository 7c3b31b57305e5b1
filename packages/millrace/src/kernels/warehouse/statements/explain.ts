import type { Explain } from "../../../sql/redshift/ast/statement.ts";
import type { BoundStatement, Relation, ScanRequest } from "../../../sql/redshift/bind/name-space.ts";
import { engineType } from "../../../sql/redshift/type-text.ts";
import type { RelationRecord } from "../catalog/records.ts";
import type { EngineConnection } from "../engine/engine-connection.ts";
import { quoteName } from "../engine/quote.ts";
import { type EngineNode, parseEnginePlan } from "../explain/engine-plan.ts";
import { PlanBuilder } from "../explain/plan-builder.ts";
import { PlanNames } from "../explain/plan-names.ts";
import { type PlanStep, stepsOf } from "../explain/plan-step.ts";
import { planLines, verboseLines } from "../explain/print-plan.ts";
import type { ForeignScan } from "../explain/scan-steps.ts";
import { textColumn, textResult } from "../session/results.ts";
import type { ResultColumn } from "../sql-session.ts";
import { engineName } from "./relations.ts";
import type { DataStatement, StatementContext, StatementKind } from "./statement-context.ts";

const resultColumns: readonly ResultColumn[] = Object.freeze([textColumn("QUERY PLAN")]);

/** The plan of a statement, which is not run. */
export const explain: StatementKind<Explain> = Object.freeze({
  category: "utility",
  columns: async () => resultColumns,
  run: async ({ statement, verbose }, context) => {
    const query: DataStatement =
      "query" in statement ? (statement.query as DataStatement) : (statement as DataStatement);
    const bound = await context.bind(query, context.statement.text);
    await context.lock(bound);
    await context.transaction.open();
    const { step, tables, onLeader } = await planOf(bound, context);
    const lines = [
      ...(verbose ? [...verboseLines(step), ""] : []),
      ...planLines(step, onLeader),
      ...remarks(step, tables),
    ];
    return textResult(
      resultColumns,
      lines.map((line) => [line]),
      "EXPLAIN",
    );
  },
} satisfies StatementKind<Explain>);

interface ExplainedPlan {
  readonly step: PlanStep;
  readonly tables: readonly RelationRecord[];
  readonly onLeader: boolean;
}

async function planOf(bound: BoundStatement, context: StatementContext): Promise<ExplainedPlan> {
  const { connection, host, transaction } = context;
  const records = new Map<string, RelationRecord>();
  for (const { relation } of bound.uses) {
    const record =
      relation.source.kind === "physical" ? context.catalog.relationByOid(relation.oid) : undefined;
    if (record !== undefined) records.set(engineName(record, context), record);
  }
  const columns = new Map<string, readonly string[]>();
  const tableRows = new Map<number, number>();
  for (const [table, record] of records) {
    const described = await connection.rows(`SELECT name FROM pragma_table_info('${table}') ORDER BY cid`);
    columns.set(
      table,
      described.map(([name]) => String(name)),
    );
    const [[rows] = []] = await connection.rows(`SELECT count(*) FROM ${table}`);
    tableRows.set(record.oid, Number(rows));
  }
  const names = new PlanNames(records, columns);
  const foreign = await foreignScans(bound.scans, context);
  try {
    for (const scan of bound.scans) await connection.run(standIn(scan));
    const sql = names.rename(bound.sql((scan) => `"temp"."main"."${standInName(scan)}"`));
    const plan = await enginePlan(sql, connection);
    const builder = new PlanBuilder({
      ...{ names, sql, foreign, tableRows, nodes: host.facts.nodes },
      isSortedByKey: (step) => {
        const record = names.column(step.outputs[0] ?? "")?.table;
        if (record === undefined || !step.label.startsWith("Seq Scan on ")) return false;
        const { unsorted } = transaction.rowChanges(record.oid);
        return isSortedByKey(record, unsorted, tableRows.get(record.oid) ?? 0);
      },
    });
    const step = builder.build(plan);
    const onLeader =
      records.size === 0 && bound.scans.every(({ relation }) => relation.kind !== "external table");
    return { step, tables: [...records.values()], onLeader };
  } finally {
    for (const scan of bound.scans)
      await connection.run(`DROP TABLE IF EXISTS "temp"."main"."${standInName(scan)}"`);
  }
}

/**
 * Where the engine knows from its statistics that there are no rows, it leaves out the tables. Then it is asked
 * again without that: the setting is the whole engine's, and costs statements that are planned at the same moment
 * nothing but the same shortcut.
 */
async function enginePlan(sql: string, connection: EngineConnection): Promise<EngineNode> {
  const ask = async (): Promise<string> =>
    String((await connection.rows(`EXPLAIN (FORMAT JSON) ${sql}`))[0]?.[1]);
  const first = await ask();
  if (!first.includes('"EMPTY_RESULT"')) return parseEnginePlan(first);
  try {
    await connection.run("SET GLOBAL disabled_optimizers = 'statistics_propagation'");
    return parseEnginePlan(await ask());
  } finally {
    await connection.run("RESET GLOBAL disabled_optimizers");
  }
}

/** AWS joins by merging where less than so much is unsorted. */
const maxUnsortedShare = 0.2;

function isSortedByKey({ distribution, sort }: RelationRecord, unsorted: number, rows: number): boolean {
  return (
    distribution.style === "key" &&
    sort?.style === "compound" &&
    sort.columns[0] === distribution.column &&
    rows > 0 &&
    unsorted / rows < maxUnsortedShare
  );
}

function standInName({ id }: ScanRequest): string {
  return `explained_${id}`;
}

/** A system or an external table is planned as an empty one: its rows are not gathered for EXPLAIN. */
function standIn(scan: ScanRequest): string {
  const columns = scan.relation.columns.map(
    ({ engineName: name, type }) => `${quoteName(name)} ${engineType(type)}`,
  );
  return `CREATE TEMP TABLE "${standInName(scan)}" (${columns.join(", ")})`;
}

async function foreignScans(
  scans: readonly ScanRequest[],
  context: StatementContext,
): Promise<ReadonlyMap<string, ForeignScan>> {
  const found = new Map<string, ForeignScan>();
  for (const scan of scans) {
    const { relation } = scan;
    const columns = new Map(relation.columns.map(({ engineName: own, name }) => [own, name]));
    if (relation.kind !== "external table")
      found.set(standInName(scan), { label: relation.name, kind: "system", columns });
    else
      found.set(standInName(scan), {
        label: `${relation.schema}.${relation.name}`,
        kind: "external",
        where: await whereOf(relation, context),
        columns,
      });
  }
  return found;
}

async function whereOf({ schema, name }: Relation, { catalog, host }: StatementContext): Promise<string> {
  const record = catalog.schema(schema);
  const tables = record === undefined ? [] : await host.external.tables(record);
  const table = tables.find((candidate) => candidate.name === name);
  if (table === undefined) return "";
  return `location:"${table.location}" format:${formatOf(table.inputFormat)}`;
}

function formatOf(inputFormat: string): string {
  if (/parquet/i.test(inputFormat)) return "PARQUET";
  if (/avro/i.test(inputFormat)) return "AVRO";
  if (/orc/i.test(inputFormat)) return "ORC";
  return "TEXT";
}

/** What Redshift says under a plan. */
function remarks(step: PlanStep, tables: readonly RelationRecord[]): readonly string[] {
  const lines: string[] = [];
  if (stepsOf(step).some(({ label }) => label.startsWith("Nested Loop")))
    lines.push(
      "----- Nested Loop Join in the query plan - review the join predicates to avoid Cartesian products -----",
    );
  const missing = tables.filter(({ statistics }) => statistics.analyzedRows === undefined);
  if (missing.length > 0)
    lines.push(
      `----- Tables missing statistics: ${missing.map(({ name }) => name).join(", ")} -----`,
      "----- Update statistics by running the ANALYZE command on these tables -----",
    );
  return lines;
}
