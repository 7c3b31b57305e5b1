import { decimalType } from "./postgres-types.ts";

/** Types of MySQL by their first word, and what they are when they are unsigned. */
const integers: Readonly<Record<string, readonly [signed: string, unsigned: string]>> = {
  tinyint: ["tinyint", "smallint"],
  smallint: ["smallint", "int"],
  mediumint: ["int", "int"],
  int: ["int", "bigint"],
  bigint: ["bigint", "decimal(20,0)"],
};

const simpleTypes: Readonly<Record<string, string>> = {
  float: "float",
  double: "double",
  date: "date",
  datetime: "timestamp",
  timestamp: "timestamp",
  year: "int",
  bit: "binary",
  binary: "binary",
  varbinary: "binary",
  tinyblob: "binary",
  blob: "binary",
  mediumblob: "binary",
  longblob: "binary",
  geometry: "binary",
  point: "binary",
};

/** Glue's type for one of MySQL or MariaDB, as COLUMN_TYPE writes it: `int(11) unsigned`, `decimal(8,2)`. */
export function mysqlType(rawType: string): string {
  const text = rawType.toLowerCase();
  // Connectors read both as booleans.
  if (/^(tinyint|bit)\(1\)/.test(text)) return "boolean";
  const [word = ""] = /^[a-z]+/.exec(text) ?? [];
  const integer = Object.hasOwn(integers, word) ? integers[word] : undefined;
  if (integer !== undefined) return integer[text.includes("unsigned") ? 1 : 0];
  const [, precision, scale = "0"] = /^decimal\((\d+)(?:,(\d+))?\)/.exec(text) ?? [];
  if (precision !== undefined) return decimalType(Number(precision), Number(scale));
  return (Object.hasOwn(simpleTypes, word) ? simpleTypes[word] : undefined) ?? "string";
}
