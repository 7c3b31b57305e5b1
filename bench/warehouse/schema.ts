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

/**
 * The same tables over Parquet files, `<location>/<table>/`, in an external schema `spectrum`, and views of them in
 * the schema `lake`: a search path finds no external tables.
 */
export function externalTables(role: string, location: string): readonly string[] {
  const tables = text().matchAll(/create table (\w+) \((.*)\) (?:diststyle|distkey)/g);
  const creations = [...tables].flatMap(([, name = "", columns = ""]) => {
    const plain = columns.replace(/, primary key \(.*?\)/g, "").replace(/ not null| primary key/g, "");
    return [
      `create external table spectrum.${name} (${plain}) stored as parquet location '${location}/${name}/'`,
      `create view lake.${name} as select * from spectrum.${name} with no schema binding`,
    ];
  });
  return [
    `create external schema spectrum from data catalog database 'tpch' iam_role '${role}' create external database if not exists`,
    "create schema lake",
    ...creations,
  ];
}
