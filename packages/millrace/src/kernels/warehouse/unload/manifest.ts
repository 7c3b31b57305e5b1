import { formatType } from "../../../sql/redshift/type-text.ts";
import type { SqlType } from "../../../sql/redshift/types.ts";
import type { WrittenFile } from "./output-file.ts";
import type { UnloadColumn } from "./unload-columns.ts";

/** @param verbose undefined: URLs only */
export function manifestText(
  files: readonly WrittenFile[],
  urlOf: (key: string) => string,
  verbose: readonly UnloadColumn[] | undefined,
): string {
  if (verbose === undefined)
    return `${JSON.stringify({ entries: files.map(({ key }) => ({ url: urlOf(key) })) }, undefined, 2)}\n`;
  const manifest = {
    entries: files.map((file) => ({ url: urlOf(file.key), meta: metaOf([file]) })),
    schema: { elements: verbose.map(({ name, type }) => ({ name, type: manifestType(type) })) },
    meta: metaOf(files),
    author: { name: "Amazon Redshift", version: "1.0.0" },
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

function metaOf(files: readonly WrittenFile[]): { content_length: number; record_count: number } {
  const sum = (of: (file: WrittenFile) => number): number =>
    files.reduce((total, file) => total + of(file), 0);
  return { content_length: sum(({ bytes }) => bytes), record_count: sum(({ lines }) => lines) };
}

/** AWS: the dimension of CHAR and VARCHAR is the length, those of NUMERIC are precision and scale. */
function manifestType(type: SqlType): Readonly<Record<string, string | number>> {
  const { length, precision, scale, ...bare } = type;
  const base = type.name === "numeric" ? "numeric" : formatType(bare);
  if (type.name === "numeric") return { base, precision: precision ?? 18, scale: scale ?? 0 };
  return length === undefined ? { base } : { base, max_length: length };
}
