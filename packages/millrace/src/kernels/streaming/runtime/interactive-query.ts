import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type { InsertStatement, Relation, TableDefinition } from "../../../sql/flink/relation.ts";
import { typeText } from "../../../sql/flink/type-text.ts";
import { type Field, type FlinkType, maxLength } from "../../../sql/flink/types.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { RunStore } from "../checkpoint/run-store.ts";
import type { ConnectorContext } from "../connector-port.ts";
import type { InteractiveQuery } from "../engine-port.ts";
import { explainPlan } from "../plan/index.ts";
import { Attempt } from "./attempt.ts";
import { bindText, type CompileParts, planJob } from "./compile-program.ts";
import { JobFigures } from "./job-figures.ts";
import type { JobParts } from "./job-port.ts";
import { QueryRows, queryConnector, queryConnectorName } from "./query-rows.ts";
import { volatileFiles } from "./volatile-files.ts";

export interface QueryStart {
  readonly programText: string;
  readonly query: string;
  readonly context: ConnectorContext;
  readonly maxStateBytes: number;
  /** Rows flow, or never will. */
  readonly settled: () => void;
}

/**
 * Runs a query after the definitions of a program: its rows are handed out, and nothing is kept.
 * @throws SqlError
 */
export async function startQuery(
  parts: JobParts,
  compile: CompileParts,
  start: QueryStart,
): Promise<InteractiveQuery> {
  const bound = await bindText(joinedText(start.programText, start.query), compile);
  const asked = bound.outcomes.at(-1);
  if (asked?.kind === "rows") {
    start.settled();
    return answered(asked.columns, asked.rows);
  }
  if (asked?.kind === "explain") {
    start.settled();
    const inserts = asked.relation === undefined ? asked.inserts : [insertOf(asked.relation, asked.text)];
    const connectors = new Map(parts.connectors).set(queryConnectorName, queryConnector(new QueryRows(), []));
    return answered(["result"], [[explainPlan(planJob(bound, inserts, connectors).plan)]]);
  }
  if (asked?.kind !== "query") throw new SqlError("42601", "This is no query");
  const names = asked.relation.fields.map((_, index) => `c${index}`);
  const rows = new QueryRows();
  const connectors = new Map(parts.connectors).set(queryConnectorName, queryConnector(rows, names));
  const job = planJob(bound, [insertOf(asked.relation, asked.text)], connectors);
  const attempt = new Attempt({
    ...parts,
    job,
    files: volatileFiles,
    store: new RunStore(volatileFiles, "query"),
    open: {
      ...{ connectors, identity: start.context, startedMs: start.context.startedMs },
      ...{ log: start.context.log, clock: parts.clock, roundLimits: parts.roundLimits },
    },
    // Rows that were handed out cannot be taken back for another try.
    mode: "exact",
    parallelism: 1,
    maxStateBytes: start.maxStateBytes,
    producer: "query",
    seed: parts.clock.now() | 0,
    startedMs: start.context.startedMs,
    isVolatile: true,
    checkpointIntervalMs: 0,
    minPauseMs: 0,
    figures: new JobFigures(job.plan, parts.clock),
    checkpointFigures: { completed: 0, failed: 0, ...noCheckpoint },
    log: start.context.log,
    live: start.settled,
  });
  const ended = attempt
    .run()
    .then(
      () => rows.end(undefined),
      (error: unknown) => rows.end(error instanceof Error ? error : new Error(String(error))),
    )
    .finally(start.settled);
  const stop = async (): Promise<void> => {
    rows.end(undefined);
    await attempt.stop({ withCheckpoint: false, isSuspended: false });
    await ended;
  };
  const onAbort = (): void => void stop();
  start.context.signal.addEventListener("abort", onAbort, { once: true });
  void ended.then(() => start.context.signal.removeEventListener("abort", onAbort));
  const columns = asked.relation.fields.map(({ name, type }) => ({ name, type: typeText(type) }));
  return { columns, rows, stop };
}

const noCheckpoint = Object.freeze({
  lastDurationMs: undefined,
  lastPauseMs: undefined,
  lastBytes: undefined,
  lastCompletedMs: undefined,
});

/** A statement behind a program. */
export function joinedText(program: string, statement: string): string {
  const text = program.trimEnd();
  if (text === "") return statement;
  return `${text}${text.endsWith(";") ? "" : ";"}\n${statement}`;
}

/** What is known without a job. */
function answered(columns: readonly string[], rows: readonly (readonly string[])[]): InteractiveQuery {
  async function* given(): AsyncGenerator<
    readonly { readonly kind: "+I"; readonly values: readonly string[] }[]
  > {
    yield rows.map((values) => ({ kind: "+I", values }));
  }
  return {
    columns: columns.map((name) => ({ name, type: "STRING" })),
    rows: given(),
    stop: async () => {},
  };
}

/** The query's rows into a table of its own, as JSON has them or as text. */
function insertOf(relation: Relation, text: string): InsertStatement {
  const fields: Field[] = relation.fields.map(({ type }, index) => ({
    name: `c${index}`,
    type: isPlain(type) ? type : { kind: "varchar", length: maxLength, nullable: type.nullable },
  }));
  const expressions = relation.fields.map(({ type }, index): BoundExpression => {
    const column: BoundExpression = { kind: "column", type, index };
    const shown = fields[index]?.type ?? type;
    return isPlain(type) ? column : { kind: "cast", type: shown, operand: column, isTry: false };
  });
  const table: TableDefinition = {
    path: ["default_catalog", "default_database", "query"],
    columns: fields.map((field) => ({ kind: "physical", field })),
    watermark: undefined,
    primaryKey: [],
    partitionKeys: [],
    options: { connector: queryConnectorName },
  };
  const input: Relation = { kind: "project", fields, input: relation, expressions };
  return { table, input, isOverwrite: false, text };
}

function isPlain({ kind }: FlinkType): boolean {
  return ["boolean", "tinyint", "smallint", "int", "float", "double", "char", "varchar"].includes(kind);
}
