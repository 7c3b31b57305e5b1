import { SqlError } from "../../../sql/sql-error.ts";
import type { OpenedFiles } from "./opened-files.ts";
import type { FormatScan, PreparedScan } from "./parquet-scan.ts";

export async function avroScan(_scan: FormatScan, _opened: OpenedFiles): Promise<PreparedScan> {
  throw new SqlError("0A000", "external tables in the format Avro are not supported");
}
