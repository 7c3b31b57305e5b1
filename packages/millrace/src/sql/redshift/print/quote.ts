import { SqlError } from "../../sql-error.ts";

/** A name as engine SQL. */
export function quoteName(name: string): string {
  refuseNul(name);
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as an engine literal. */
export function quoteText(value: string): string {
  refuseNul(value);
  return `'${value.replaceAll("'", "''")}'`;
}

/** NUL never stands in a text of Redshift; placeholders in printed SQL are made of it. */
function refuseNul(text: string): void {
  if (text.includes("\0")) {
    throw new SqlError("22021", 'invalid byte sequence for encoding "UTF8": 0x00');
  }
}
