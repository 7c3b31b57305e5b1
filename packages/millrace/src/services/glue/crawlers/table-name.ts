import { createHash } from "node:crypto";

/** AWS's limit on the names of tables. */
const maxNameChars = 255;

/**
 * The name of a table for a folder, a file or a table of a database: lower case letters, digits and
 * underscores, as query engines want it. `year=2017` becomes `year_2017`, `cars.json` becomes `cars_json`.
 */
export function tableName(prefix: string, source: string): string {
  const name = source.toLowerCase().replace(/[^a-z0-9_]/g, "_");
  return `${prefix.toLowerCase()}${name === "" ? "table" : name}`.slice(0, maxNameChars);
}

/** The same name for a table whose name is taken: with a hash of its location. */
export function distinctTableName(name: string, location: string): string {
  const hash = createHash("md5").update(location).digest("hex");
  return `${name.slice(0, maxNameChars - hash.length - 1)}_${hash}`;
}

/** The name of a partition column and the value, when a folder is called `name=value`. */
export function hivePartition(folder: string): { readonly key: string; readonly value: string } | undefined {
  const at = folder.indexOf("=");
  return at > 0 ? { key: folder.slice(0, at).toLowerCase(), value: folder.slice(at + 1) } : undefined;
}

/** The names of the partition columns of levels of folders; undefined is a level of folders without a name. */
export function partitionKeyNames(levels: readonly (string | undefined)[]): readonly string[] {
  const names: string[] = [];
  for (const [index, level] of levels.entries()) {
    let name = level ?? `partition_${index}`;
    while (names.includes(name)) name = `${name}_${index}`;
    names.push(name);
  }
  return names;
}
