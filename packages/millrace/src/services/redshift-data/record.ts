import type { ColumnMetadata, Field } from "@aws-sdk/client-redshift-data";
import type { Row } from "./result-files.ts";

const longs: ReadonlySet<string> = new Set(["int2", "int4", "int8", "oid", "xid"]);

/** A row as GetStatementResult gives it. */
export function recordOf(row: Row, columns: readonly ColumnMetadata[]): Field[] {
  return row.map((text, index) => fieldOf(text, columns[index]?.typeName ?? ""));
}

/** https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-calling-considerations-jdbc.html */
function fieldOf(text: string | null, typeName: string): Field {
  if (text === null) return { isNull: true };
  if (longs.has(typeName)) return { longValue: longOf(text) };
  switch (typeName) {
    case "float4":
      // Widened, as the driver does: 0.1 is 0.10000000149011612.
      return { doubleValue: Math.fround(Number(text)) };
    case "float8":
      return { doubleValue: Number(text) };
    case "bool":
      return { booleanValue: text === "t" || text === "true" };
    case "varbyte":
      return { stringValue: Buffer.from(text, "hex").toString("base64") };
    default:
      return { stringValue: text };
  }
}

/** The SDK's type says number; the encoder writes all digits of a bigint, which numbers do not have. */
function longOf(text: string): number {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : (BigInt(text) as unknown as number);
}

/** A line as GetStatementResultV2 gives it. NULL is nothing at all, an empty text is `""`. */
export function csvLine(row: Row): string {
  const values = row.map((text) => {
    if (text === null) return "";
    return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${values.join(",")}\r\n`;
}
