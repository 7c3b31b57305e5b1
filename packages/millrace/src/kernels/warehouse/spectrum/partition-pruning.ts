import type { ScanRequest } from "../../../sql/redshift/bind/name-space.ts";
import { engineType } from "../../../sql/redshift/type-text.ts";
import { quoteName, quoteString } from "../engine/quote.ts";
import type { CatalogPartition } from "./data-catalog-port.ts";
import { asked } from "./external-errors.ts";
import type { ExternalColumn, ExternalTable } from "./external-tables.ts";

/** How Hive writes a value that is missing. */
export const nullPartition = "__HIVE_DEFAULT_PARTITION__";

/** Partitions that conditions are tried on at once. */
const partitionsPerQuery = 10_000;

interface Engine {
  rows(sql: string): Promise<unknown[][]>;
}

export interface PrunedPartitions {
  readonly qualified: readonly CatalogPartition[];
  /** All that the catalog was asked for. */
  readonly total: number;
}

/** The partitions whose values meet the statement's conditions on the columns of the key. */
export async function qualifiedPartitions(
  external: ExternalTable,
  scan: Pick<ScanRequest, "predicates">,
  engine: Engine,
): Promise<PrunedPartitions> {
  const { catalog, database, table, keys } = external;
  const names = new Set(keys.map(({ name }) => name));
  const conditions = scan.predicates.filter(
    ({ columns }) => columns.length > 0 && columns.every((column) => names.has(column)),
  );
  const expression = catalogExpression(conditions, keys);
  const qualified: CatalogPartition[] = [];
  let total = 0;
  let batch: CatalogPartition[] = [];
  const take = async () => {
    total += batch.length;
    qualified.push(...(conditions.length === 0 ? batch : await meeting(batch, keys, conditions, engine)));
    batch = [];
  };
  const partitions = catalog.partitions(database, table.name, expression)[Symbol.asyncIterator]();
  for (;;) {
    const next = await asked(() => partitions.next());
    if (next.done === true) break;
    batch.push(next.value);
    if (batch.length >= partitionsPerQuery) await take();
  }
  if (batch.length > 0) await take();
  return { qualified, total };
}

async function meeting(
  batch: readonly CatalogPartition[],
  keys: readonly ExternalColumn[],
  conditions: ScanRequest["predicates"],
  engine: Engine,
): Promise<readonly CatalogPartition[]> {
  const columns = keys.map((key, index) => {
    const texts = batch.map(({ values }) => values[index] ?? nullPartition);
    return `${keyValueSql(key, unnested(texts))} AS ${quoteName(key.name)}`;
  });
  const rows = await engine.rows(
    `SELECT "$i" FROM (SELECT unnest(range(${batch.length})) AS "$i", ${columns.join(", ")})
     WHERE ${conditions.map(({ sql }) => `(${sql})`).join(" AND ")}`,
  );
  const met = new Set(rows.map(([index]) => Number(index)));
  return batch.filter((_, index) => met.has(index));
}

/** A column of the engine that has the texts as its rows. */
export function unnested(texts: readonly (string | null)[]): string {
  return `unnest(from_json(${quoteString(JSON.stringify(texts))}, '["VARCHAR"]'))`;
}

/** The value of a column of the key from its text; what is no value of its type is NULL. */
export function keyValueSql({ type }: ExternalColumn, text: string): string {
  const value = `nullif(${text}, '${nullPartition}')`;
  if (type.name === "character") return `rtrim(${value}, ' ')`;
  return type.name === "character varying" ? value : `TRY_CAST(${value} AS ${engineType(type)})`;
}

/**
 * Conditions that the catalog can decide by itself, in Glue's language, so that it need not give all partitions.
 * The rest is decided here, and these again, so that what is left out costs time only.
 */
export function catalogExpression(
  conditions: ScanRequest["predicates"],
  keys: readonly ExternalColumn[],
): string {
  return conditions.flatMap(({ sql, columns }) => simpleExpression(sql, columns, keys)).join(" AND ");
}

const comparison =
  /^\(*(?:rtrim\()?"([a-z_][a-z0-9_]*)"(?:, ' '\))?\)? (=|<|>|<=|>=) ('(?:[^']|'')*'|-?\d+)\)*$/;

function simpleExpression(
  sql: string,
  columns: readonly string[],
  keys: readonly ExternalColumn[],
): readonly string[] {
  const [, name = "", operator = "", literal = ""] = comparison.exec(sql) ?? [];
  const key = keys.find((column) => column.name === name);
  if (key === undefined || columns.length !== 1) return [];
  const isText = key.hive.kind === "primitive" && key.hive.name === "string";
  const isInteger =
    key.hive.kind === "primitive" && ["int", "bigint", "smallint", "tinyint"].includes(key.hive.name);
  // Texts that differ in blanks at their ends are equal in SQL, but not for the catalog.
  if (isText && /^'[^%_\\]*[^%_\\ ]'$/.test(literal) && operator === "=")
    return [`(${name} = ${literal} OR ${name} LIKE ${literal.slice(0, -1)} %')`];
  return isInteger && !literal.startsWith("'") ? [`(${name} ${operator} ${literal})`] : [];
}
