import { durationMs } from "../../../sql/flink/bind/duration.ts";
import { type BoundProgram, bindProgram } from "../../../sql/flink/bind/index.ts";
import type { CatalogPort } from "../../../sql/flink/catalog/catalog-port.ts";
import type { InsertStatement, TableDefinition } from "../../../sql/flink/relation.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { checkFormat } from "../codecs/index.ts";
import type { Connector } from "../connector-port.ts";
import { type PlanSettings, placed, planProgram } from "../plan/index.ts";
import { connectorOf, encodingsOf, type JobPlan, sinkNodes, sourceNodes } from "./job-plan.ts";

export interface CompileParts {
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly catalogs: CatalogPort | undefined;
}

/** A program that can run. */
export interface CompiledProgram {
  readonly bound: BoundProgram;
  readonly job: JobPlan;
}

/** @throws SqlError */
export async function bindText(text: string, parts: CompileParts): Promise<BoundProgram> {
  return await bindProgram(text, { ...parts, settings: {} });
}

/**
 * Binds and plans what a program inserts, and checks its tables' options.
 * @throws SqlError
 */
export async function compileProgram(text: string, parts: CompileParts): Promise<CompiledProgram> {
  const bound = await bindText(text, parts);
  const query = bound.outcomes.find((outcome) => outcome.kind === "query");
  if (query !== undefined) {
    throw new SqlError("42601", "A program has no place for the rows of a query: put INSERT INTO before it", {
      position: query.start,
    });
  }
  if (bound.inserts.length === 0) {
    throw new SqlError("42601", "The program inserts nothing: there is nothing to run");
  }
  return { bound, job: planJob(bound, bound.inserts, parts.connectors) };
}

/** @throws SqlError */
export function planJob(
  bound: BoundProgram,
  inserts: readonly InsertStatement[],
  connectors: ReadonlyMap<string, Connector>,
): JobPlan {
  for (const { table, position } of inserts) {
    placed(bound.tablePlaces.get(table.path.join(".")) ?? position, () => checkConnectors(table, connectors));
  }
  const plan = planProgram(inserts, planSettings(bound, connectors));
  checkTables(plan, bound.tablePlaces, connectors);
  const { timeZone, stateTtlMs } = bound.settings;
  return { plan, functions: bound.functions, timeZone, stateTtlMs };
}

function planSettings(bound: BoundProgram, connectors: ReadonlyMap<string, Connector>): PlanSettings {
  const { settings } = bound;
  return {
    sinkMode: (table) => connectorNamed(table, connectors)?.sinkMode?.(table) ?? "append",
    emitsEachRow: settings.values["table.exec.mini-batch.enabled"] === "false",
    idleTimeoutMs: (table) => {
      const option = table.options["scan.watermark.idle-timeout"];
      return (option === undefined ? undefined : durationMs(option)) ?? settings.sourceIdleTimeoutMs;
    },
  };
}

function checkConnectors(table: TableDefinition, connectors: ReadonlyMap<string, Connector>): void {
  const name = table.options["connector"];
  if (name !== undefined && connectors.has(name)) return;
  const given = name === undefined ? "has no option 'connector'" : `names the connector '${name}'`;
  const known = [...connectors.values()]
    .filter(
      (each) => each.isInternal === true || each.openSource !== undefined || each.openSink !== undefined,
    )
    .map((connector) => connector.name)
    .filter((key) => !key.startsWith("\u0000"))
    .sort();
  throw new SqlError("42704", `The table ${table.path.join(".")} ${given}; there are ${known.join(", ")}`);
}

function connectorNamed(
  table: TableDefinition,
  connectors: ReadonlyMap<string, Connector>,
): Connector | undefined {
  return connectors.get(table.options["connector"] ?? "");
}

function checkTables(
  plan: JobPlan["plan"],
  places: BoundProgram["tablePlaces"],
  connectors: ReadonlyMap<string, Connector>,
): void {
  const at = (table: TableDefinition): number | undefined => places.get(table.path.join("."));
  for (const node of sourceNodes(plan)) {
    const { table } = node.operator;
    placed(at(table), () => checkSource(table, connectors));
  }
  for (const node of sinkNodes(plan)) {
    const { table } = node.operator;
    placed(at(table), () => checkSink(table, connectorOf(node, connectors)));
  }
  encodingsOf(plan, connectors);
}

function checkSource(table: TableDefinition, connectors: ReadonlyMap<string, Connector>): void {
  checkConnectors(table, connectors);
  const connector = connectorNamed(table, connectors);
  connector?.checkSource?.(table);
  if (connector?.openSource === undefined) {
    throw new SqlError(
      "0A000",
      `The table ${table.path.join(".")} cannot be read from: the connector '${connector?.name}' is no source`,
    );
  }
  if (connector.isInternal !== true) checkFormat(table, "source");
}

function checkSink(table: TableDefinition, connector: Connector): void {
  connector.checkSink?.(table);
  if (connector.isInternal === true) return;
  if (connector.openSink === undefined) {
    throw new SqlError(
      "0A000",
      `The table ${table.path.join(".")} cannot be written to: the connector '${connector.name}' is no sink`,
    );
  }
  if (connector.sinkEncoding === undefined) checkFormat(table, "sink");
}
