/**
 * A temporary table of a query's rows with their numbers: the engine's own row ids say nothing in the transaction
 * that wrote them.
 */
export function heldTableSql(table: string, query: string, columns: number): string {
  const names = columnNames(columns);
  return `CREATE TEMP TABLE ${table} AS SELECT row_number() OVER () AS n, ${names} FROM (${query}) AS q(${names})`;
}

/** Rows of such a table, from the first (0) to before the last. */
export function heldRowsSql(table: string, columns: number, from: number, to: number): string {
  return `SELECT ${columnNames(columns)} FROM ${table} WHERE n > ${from} AND n <= ${to} ORDER BY n`;
}

function columnNames(columns: number): string {
  return Array.from({ length: columns }, (_, index) => `c${index}`).join(", ");
}
