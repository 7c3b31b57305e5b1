/** Kinds of values, each a bit: a column has seen some of them. */
export const kinds = { boolean: 1, integer: 2, bigint: 4, real: 8, timestamp: 16, text: 32 } as const;

const maxVarchar = 65_535;
const timestampPattern = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?$/;

export function kindOfNumber(value: number): number {
  if (!Number.isInteger(value)) return kinds.real;
  return Math.abs(value) <= 2_147_483_647 ? kinds.integer : kinds.bigint;
}

/** Of a value that came as text. */
export function kindOfText(value: string): number {
  return timestampPattern.test(value) ? kinds.timestamp : kinds.text;
}

/** Of a field of CSV, where everything is text. */
export function kindOfField(value: string): number {
  if (/^(?:true|false)$/i.test(value)) return kinds.boolean;
  if (/^-?(?:0|[1-9]\d{0,17})$/.test(value)) return kindOfNumber(Number(value));
  if (/^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(value)) return kinds.real;
  return kindOfText(value);
}

/** The retired dialect's type for all that a column has seen. Texts get room: the next power of two. */
export function sqlTypeOf(seen: number, maxChars: number): string {
  const { boolean, integer, bigint, real, timestamp } = kinds;
  if (seen === boolean) return "BOOLEAN";
  if (seen === integer) return "INTEGER";
  if (seen !== 0 && (seen & ~(integer | bigint)) === 0) return "BIGINT";
  if (seen !== 0 && (seen & ~(integer | bigint | real)) === 0) return "DOUBLE";
  if (seen === timestamp) return "TIMESTAMP";
  return `VARCHAR(${roomFor(maxChars)})`;
}

function roomFor(chars: number): number {
  let room = 4;
  while (room < chars && room < maxVarchar) room *= 2;
  return Math.min(room, maxVarchar);
}

/** Words that cannot be the name of a column unquoted; AWS puts COL_ before them. */
const reserved: ReadonlySet<string> = new Set([
  ...[
    "ABS",
    "ALL",
    "AND",
    "ANY",
    "AS",
    "BETWEEN",
    "BY",
    "CASE",
    "CAST",
    "CHECK",
    "COLUMN",
    "COUNT",
    "CREATE",
  ],
  ...["CURRENT", "CURSOR", "DATE", "DAY", "DEFAULT", "DELETE", "DISTINCT", "DROP", "ELSE", "END", "EXISTS"],
  ...[
    "FALSE",
    "FILTER",
    "FOR",
    "FROM",
    "FULL",
    "FUNCTION",
    "GROUP",
    "HAVING",
    "HOUR",
    "IN",
    "INNER",
    "INSERT",
  ],
  ...["INTERVAL", "INTO", "IS", "JOIN", "KEY", "LANGUAGE", "LEFT", "LIKE", "LIMIT", "LOCAL", "MATCH", "MAX"],
  ...["METHOD", "MIN", "MINUTE", "MONTH", "NO", "NOT", "NULL", "OF", "ON", "ONLY", "OR", "ORDER", "OUTER"],
  ...[
    "OVER",
    "PARTITION",
    "POSITION",
    "PRIMARY",
    "RANGE",
    "RANK",
    "RESULT",
    "RIGHT",
    "ROW",
    "ROWS",
    "SECOND",
  ],
  ...["SELECT", "SET", "START", "STREAM", "SUM", "TABLE", "THEN", "TIME", "TIMESTAMP", "TO", "TRUE", "UNION"],
  ...["UNIQUE", "UPDATE", "USER", "USING", "VALUE", "VALUES", "WHEN", "WHERE", "WINDOW", "WITH", "YEAR"],
]);

/** A name for a column that is none yet. */
export function columnName(field: string, taken: ReadonlySet<string>): string {
  const plain = field.replaceAll(/[^A-Za-z0-9_]/g, "_");
  const base = reserved.has(plain.toUpperCase()) || !/^[A-Za-z]/.test(plain) ? `COL_${plain}` : plain;
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}_${number}`;
  return name;
}
