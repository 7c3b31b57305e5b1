import { readFileSync } from "node:fs";
import { join } from "node:path";

function text(): string {
  return readFileSync(join(import.meta.dirname, "schema.sql"), "utf8").replace(/^--.*$/gm, "");
}

/** CREATE TABLE of each table, with Redshift's distribution and sort keys. */
export function schemaStatements(): readonly string[] {
  return text()
    .split(";")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

/** The same tables over Parquet files, `<location>/<table>/`. */
export function externalTables(schema: string, location: string): readonly string[] {
  const tables = text().matchAll(/create table (\w+) \((.*)\) (?:diststyle|distkey)/g);
  return [...tables].map(([, name = "", columns = ""]) => {
    const plain = columns.replace(/, primary key \(.*?\)/g, "").replace(/ not null| primary key/g, "");
    return `create external table ${schema}.${name} (${plain}) stored as parquet location '${location}/${name}/'`;
  });
}
