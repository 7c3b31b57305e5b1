import type { SqlType } from "../../../sql/redshift/types.ts";
import type { RelationRecord } from "../catalog/records.ts";
import { type ColumnScope, conditionText, conjuncts, spaced } from "./condition-text.ts";
import { type EngineNode, estimateOf, listOf, textOf } from "./engine-plan.ts";
import { columnId, type PlanNames } from "./plan-names.ts";
import { costs, onAll, onOne, type Placement, type PlanStep, spread } from "./plan-step.ts";

/** A table that is no table of the engine: of the system, or external. */
export interface ForeignScan {
  readonly label: string;
  readonly kind: "system" | "external";
  /** Of an external table: `location:"s3://..." format:TEXT`. */
  readonly where?: string;
  /** The user's names of columns, by the engine's. */
  readonly columns: ReadonlyMap<string, string>;
}

/** What scans need to know beside the engine's plan. */
export interface ScanFacts {
  readonly names: PlanNames;
  /** The statement as the engine plans it: conditions that do not come from it are the engine's own. */
  readonly sql: string;
  /** By the name of the table that stands for it. */
  readonly foreign: ReadonlyMap<string, ForeignScan>;
  /** Rows of tables as the engine has them, by OID. */
  readonly tableRows: ReadonlyMap<number, number>;
}

export function scanStep(node: EngineNode, facts: ScanFacts): PlanStep {
  const table = textOf(node, "Table");
  const foreign = facts.foreign.get(table.split(".").at(-1) ?? "");
  if (foreign !== undefined) return foreignStep(node, foreign, facts);
  const record = facts.names.scanned(table);
  if (record === undefined) return resultStep(estimateOf(node) ?? 1);
  const rows = Math.max(1, estimateOf(node) ?? 1);
  const outputs = listOf(node, "Projections").map((column) => `t${record.oid}__${column}`);
  const cost = Math.max(rows, facts.tableRows.get(record.oid) ?? rows) * costs.scannedRow;
  const terms = filterTerms(listOf(node, "Filters").flatMap(conjuncts), facts, scopeOf(record));
  return {
    label: `Seq Scan on ${record.name}`,
    rows,
    widthBytes: outputs.reduce((sum, output) => sum + widthOf(facts.names.column(output), record), 0),
    startCost: 0,
    cost: cost + terms.length * cost * costs.comparison * 100,
    details: terms.length === 0 ? [] : [filterDetail("Filter", terms)],
    children: [],
    placement: placementOf(record),
    outputs,
  };
}

export function resultStep(rows = 1): PlanStep {
  return {
    label: "Result",
    rows,
    widthBytes: 0,
    startCost: 0,
    cost: rows * costs.scannedRow,
    details: [],
    children: [],
    placement: onOne,
    outputs: [],
  };
}

function placementOf({ oid, distribution }: RelationRecord): Placement {
  if (distribution.style === "all") return onAll;
  if (distribution.style === "even" || distribution.column === undefined) return spread;
  return { kind: "key", columns: new Set([columnId(oid, distribution.column)]) };
}

/** How a table's own columns are called under a condition of its scan. */
export function scopeOf(record: RelationRecord | undefined): ColumnScope {
  return {
    own: (column) => record?.columns.find(({ attributeNumber }) => `c${attributeNumber}` === column)?.name,
    output: () => undefined,
    qualified: false,
  };
}

/** Conditions of the statement; those that the engine has made for itself are left out. */
export function filterTerms(
  texts: readonly string[],
  { names, sql }: ScanFacts,
  scope: ColumnScope,
): readonly string[] {
  const trimmed = new Set(texts.flatMap((text) => /rtrim\((?:r\d+\.)?([\w]+), ' '\)/.exec(text)?.[1] ?? []));
  const kept = texts.flatMap((text) => {
    if (text.startsWith("optional:") || text.includes("SUBQUERY") || text.includes("IN (...)")) return [];
    const [, column, , literal = ""] = /^\(?([\w.]+?)\s*(>=|<=|<|>)\s*(.+?)\)?$/.exec(text) ?? [];
    if (column === undefined || /\bc\d+\b|__c/.test(literal)) return [text];
    // The binder's range around a comparison of texts; the bounds that the engine takes from a join's other side.
    const bare = column.replace(/^r\d+\./, "");
    if (trimmed.has(bare)) return [];
    const pattern = patternOf(bare, literal, sql);
    if (pattern !== undefined) return text.includes(">=") ? [`${bare} ~~ ${pattern}`] : [];
    return isWritten(bare, literal, sql) ? [text] : [];
  });
  return kept.map((text) => spaced(conditionText(text, names, scope)));
}

/** Whether the statement compares the column with this value. */
function isWritten(column: string, literal: string, sql: string): boolean {
  const value = escaped(literal.replace(/::[\w ]+(\([\d,]+\))?$/, "").replaceAll(/^\(|\)$/g, ""));
  const open = "\\(*(?:CAST\\()?\\(*";
  const behind = `${column}"[^'"]*?(?:[<>]=?|BETWEEN|AND)\\s*${open}${value}(?!\\w)`;
  const before = `(?<!\\w)${value}[^'"]*?[<>]=?\\s*${open}\\w+\\."\\w*${column}"`;
  return new RegExp(`${behind}|${before}`).test(sql);
}

/** The pattern of LIKE whose beginning the engine has made a range of. */
function patternOf(column: string, literal: string, sql: string): string | undefined {
  const beginning = /^'((?:[^']|'')*)'/.exec(literal)?.[1];
  if (beginning === undefined) return undefined;
  const [, pattern] = new RegExp(`${column}" LIKE ('(?:[^']|'')+')`).exec(sql) ?? [];
  if (pattern === undefined) return undefined;
  // The range ends with the next text of the same length.
  return pattern.startsWith(`'${beginning.slice(0, -1)}`) ? pattern : undefined;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

export function filterDetail(name: string, terms: readonly string[]): string {
  return terms.length === 1 ? `${name}: ${terms[0]}` : `${name}: (${terms.join(" AND ")})`;
}

/** Steps of the reader of S3 stand under one that takes its rows. */
function foreignStep(node: EngineNode, scan: ForeignScan, facts: ScanFacts): PlanStep {
  const rows = Math.max(1, estimateOf(node) ?? 1);
  const outputs = listOf(node, "Projections").map((column) => {
    const name = column.replaceAll('"', "");
    return scan.columns.get(name) ?? name;
  });
  const scope: ColumnScope = {
    own: (column) => scan.columns.get(column),
    output: () => undefined,
    qualified: false,
  };
  const terms = filterTerms(listOf(node, "Filters").flatMap(conjuncts), facts, scope);
  const details = terms.length === 0 ? [] : [filterDetail("Filter", terms)];
  const base = { rows, widthBytes: outputs.length * 8, startCost: 0, cost: rows * costs.scannedRow, outputs };
  if (scan.kind === "system")
    return { ...base, label: `Seq Scan on ${scan.label}`, details, children: [], placement: onOne };
  const reader: PlanStep = {
    ...base,
    label: `S3 Seq Scan ${scan.label} ${scan.where ?? ""}`.trimEnd(),
    details,
    children: [],
    placement: spread,
    plain: true,
  };
  const name = scan.label.split(".").at(-1) ?? "";
  return { ...base, label: `S3 Query Scan ${name}`, details: [], children: [reader], placement: spread };
}

/** Half of what a text may hold, as nobody has measured it; other types have their size. */
function widthOf(found: ReturnType<PlanNames["column"]>, record: RelationRecord): number {
  const type = record.columns.find(({ name }) => name === found?.name)?.type;
  return type === undefined ? 8 : typeWidth(type);
}

const maxTextWidth = 256;

function typeWidth(type: SqlType): number {
  switch (type.name) {
    case "boolean":
      return 1;
    case "smallint":
      return 2;
    case "integer":
    case "real":
    case "date":
      return 4;
    case "numeric":
      return (type.precision ?? 18) > 19 ? 16 : 8;
    case "character":
      return type.length ?? 1;
    case "character varying":
      return Math.min(maxTextWidth, Math.ceil((type.length ?? maxTextWidth) / 2));
    default:
      return 8;
  }
}
