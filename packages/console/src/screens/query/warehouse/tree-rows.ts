import { isSystem, type SchemaTable } from "./schema.ts";

/** One visible row of the tree of schemas. */
export type TreeRow = { readonly key: string; readonly label: string; readonly detail: string } & (
  | { readonly kind: "schema"; readonly isOpen: boolean }
  | { readonly kind: "table"; readonly isOpen: boolean; readonly table: SchemaTable }
  | { readonly kind: "column"; readonly isOpen?: undefined; readonly table: SchemaTable }
);

/** What is seen of the tree: of open schemas their tables, of open tables their columns, and what a filter finds. */
export function treeRows(
  tables: readonly SchemaTable[],
  open: ReadonlySet<string>,
  filter: string,
): readonly TreeRow[] {
  const wanted = filter.trim().toLowerCase();
  const rows: TreeRow[] = [];
  for (const [schema, own] of Map.groupBy(tables, (table) => table.schema)) {
    const found = wanted === "" ? own : own.filter((table) => matches(table, wanted));
    if (found.length === 0) continue;
    const isOpen = open.has(schema) !== (wanted !== "" && !isSystem(schema) && !open.has(schema));
    rows.push({ kind: "schema", key: schema, label: schema, detail: `${found.length}`, isOpen });
    if (isOpen) for (const table of found) rows.push(...tableRows(table, open));
  }
  return rows;
}

function tableRows(table: SchemaTable, open: ReadonlySet<string>): readonly TreeRow[] {
  const key = `${table.schema}.${table.name}`;
  const isOpen = open.has(key);
  const head: TreeRow = { kind: "table", key, label: table.name, detail: table.type, isOpen, table };
  if (!isOpen) return [head];
  return [
    head,
    ...table.columns.map(
      (column): TreeRow => ({
        kind: "column",
        key: `${key}.${column.name}`,
        label: column.name,
        detail: `${column.type}${column.isDistKey ? " D" : ""}${column.sortKey === undefined ? "" : ` S${column.sortKey}`}`,
        table,
      }),
    ),
  ];
}

function matches({ name, columns }: SchemaTable, wanted: string): boolean {
  return name.toLowerCase().includes(wanted) || columns.some((column) => column.name.includes(wanted));
}
