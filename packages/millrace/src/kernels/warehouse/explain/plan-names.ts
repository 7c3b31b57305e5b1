import type { RelationRecord } from "../catalog/records.ts";

/** A column of a table, so that equal ones are found: `<oid>.<attribute number>`. */
export type ColumnId = string;

export function columnId(oid: number, attributeNumber: number): ColumnId {
  return `${oid}.${attributeNumber}`;
}

/**
 * The engine's plans name columns `c1`, whichever table they are of. For EXPLAIN each table's columns are given
 * names of their own where it stands in FROM: `r1__c1`, for the table that is printed as `r1`.
 */
export class PlanNames {
  /** By the printed alias: `r1`. */
  readonly #tables = new Map<string, RelationRecord>();
  readonly #byEngineTable: ReadonlyMap<string, RelationRecord>;
  readonly #byOid: ReadonlyMap<number, RelationRecord>;
  readonly #columns: ReadonlyMap<string, readonly string[]>;

  /**
   * @param tables by the engine's name, as it is printed
   * @param columns the engine's columns of each, in its order
   */
  constructor(tables: ReadonlyMap<string, RelationRecord>, columns: ReadonlyMap<string, readonly string[]>) {
    this.#byEngineTable = tables;
    this.#byOid = new Map([...tables.values()].map((record) => [record.oid, record]));
    this.#columns = columns;
  }

  /** The statement with the names of its columns. What it changes itself keeps its own. */
  rename(sql: string): string {
    const named = sql.replace(
      tableOrText,
      (all: string, before: string | undefined, table: string, alias: string) => {
        const record = table === undefined ? undefined : this.#byEngineTable.get(table);
        if (record === undefined || before !== undefined) return all;
        this.#tables.set(alias, record);
        const columns = (this.#columns.get(table) ?? []).map((column) => `"${alias}__${column}"`);
        return `${table} AS ${alias}(${columns.join(", ")})`;
      },
    );
    return named.replace(columnOrText, (all: string, alias: string | undefined, column: string) =>
      alias !== undefined && this.#tables.has(alias) ? `${alias}."${alias}__${column}"` : all,
    );
  }

  /** Of a scan's `Table`: `d100000.main.t100123`. */
  scanned(table: string): RelationRecord | undefined {
    const [database, schema, name] = table.split(".");
    return this.#byEngineTable.get(`"${database}"."${schema}"."${name}"`);
  }

  /** Of `r1__c1`, and of `t100123__c1`, which stands for what a scan itself calls `c1`. */
  column(
    name: string,
  ): { readonly table: RelationRecord; readonly name: string; readonly id: ColumnId } | undefined {
    const [, kind = "", number = "", attribute = ""] = /^([rt])(\d+)__c(\d+)$/.exec(name) ?? [];
    const table = kind === "r" ? this.#tables.get(`r${number}`) : this.#byOid.get(Number(number));
    const found = table?.columns.find(({ attributeNumber }) => attributeNumber === Number(attribute));
    if (table === undefined || found === undefined) return undefined;
    return { table, name: found.name, id: columnId(table.oid, found.attributeNumber) };
  }
}

const tableOrText = /'(?:[^']|'')*'|(UPDATE |DELETE FROM |INTO )?("[^"]+"\."main"\."[^"]+") AS (r\d+)(?!\()/g;
const columnOrText = /'(?:[^']|'')*'|\b(r\d+)\."(c\d+)"/g;
