/** Reads a table through Redshift Spectrum, with the external schema that it takes. */
export function spectrumQuery(database: string, table: string): string {
  const schema = quoted(`glue_${database}`);
  return [
    `create external schema if not exists ${schema}`,
    `from data catalog database ${literal(database)} iam_role default;`,
    "",
    `select * from ${schema}.${quoted(table)} limit 100;`,
  ].join("\n");
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
