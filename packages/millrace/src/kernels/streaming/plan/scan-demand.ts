import type { Relation, ScanRelation, TableDefinition } from "../../../sql/flink/relation.ts";
import { type CalcChain, calcChain } from "./calc-chain.ts";
import { type ColumnPath, pathsOf, stableText } from "./expression-walk.ts";
import { inputsOf } from "./ranks.ts";

/** What all queries of a program together read of a table, so that it is read once. */
export interface ScanDemand {
  readonly table: TableDefinition;
  /** Over the table's columns, in the order in which they are first read. */
  readonly paths: ColumnPath[];
}

/** By table and options. */
export type ScanDemands = ReadonlyMap<string, ScanDemand>;

export const tableKey = (table: TableDefinition): string => stableText(table);

export const pathKey = ({ column, path }: Pick<ColumnPath, "column" | "path">): string =>
  [column, ...path].join(".");

export function scanDemands(relations: readonly Relation[]): ScanDemands {
  const demands = new Map<string, ScanDemand>();
  for (const relation of relations) collect(relation, demands);
  return demands;
}

function collect(relation: Relation, demands: Map<string, ScanDemand>): void {
  const chain = calcChain(relation);
  if (chain.base.kind === "scan") demand(chain.base, chain, demands);
  else for (const input of inputsOf(chain.base)) collect(input, demands);
}

function demand({ table }: ScanRelation, chain: CalcChain, demands: Map<string, ScanDemand>): void {
  const key = tableKey(table);
  const known = demands.get(key) ?? { table, paths: [] };
  demands.set(key, known);
  const { condition, expressions } = chain;
  const paths = (condition === undefined ? [] : pathsOf(condition)).concat(
    expressions.flatMap((expression) => pathsOf(expression)),
  );
  addPaths(known.paths, paths);
}

export function addPaths(known: ColumnPath[], paths: readonly ColumnPath[]): void {
  const keys = new Set(known.map(pathKey));
  for (const path of paths) {
    if (keys.has(pathKey(path))) continue;
    keys.add(pathKey(path));
    known.push(path);
  }
}
