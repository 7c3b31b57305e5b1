import { promisify } from "node:util";
import { zstdCompress } from "node:zlib";
import type { EngineConnection } from "../engine/engine-connection.ts";

/** Text that is compressed to learn how well a column compresses. */
const maxSampleBytes = 8 * 1024 * 1024;
const maxValueCharacters = 4_096;
const compress = promisify(zstdCompress);

/** Bytes with ZSTD for each byte without, of what a sample of a column says as text. At most 1. */
export async function zstdRatio(
  connection: EngineConnection,
  table: string,
  column: string,
  sampleRows: number,
): Promise<number> {
  const text = `left(coalesce(${column}::VARCHAR, ''), ${maxValueCharacters})`;
  const [[length] = []] = await connection.rows(
    `SELECT avg(length(t)) FROM (SELECT ${text} AS t FROM ${table} LIMIT 10000)`,
  );
  const rows = Math.min(sampleRows, Math.ceil(maxSampleBytes / (Number(length ?? 0) + 1)));
  const [[all] = []] = await connection.rows(
    `SELECT string_agg(t, chr(10)) FROM (SELECT ${text} AS t FROM ${table} LIMIT ${rows})`,
  );
  const bytes = Buffer.from(String(all ?? ""));
  if (bytes.length === 0) return 1;
  return Math.min(1, (await compress(bytes)).length / bytes.length);
}
