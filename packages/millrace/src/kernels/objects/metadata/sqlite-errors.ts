import { systemCode } from "../../../core/errors.ts";

/** SQLITE_FULL, in the low byte of the extended code. */
const sqliteFull = 13;

/** SQLite threw it, and no job of ours. */
export function isSqliteError(error: unknown): boolean {
  return systemCode(error) === "ERR_SQLITE_ERROR";
}

export function isDiskFull(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "errcode" in error ? Number(error.errcode) : 0;
  return isSqliteError(error) && (code & 0xff) === sqliteFull;
}
