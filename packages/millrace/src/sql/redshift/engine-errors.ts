import { SqlError } from "../sql-error.ts";

/** How the engine's message is told to the client: SQLSTATE, and Redshift's words, from the groups of the pattern. */
type Translation = readonly [RegExp, string, (match: RegExpExecArray) => string];

const overflow = "Numeric data overflow (result precision)";

const translations: readonly Translation[] = [
  [/^INTERRUPT|Interrupted!/, "57014", () => "Query cancelled on user's request"],
  [
    /Overflow in (?:\w+) of DECIMAL|Could not cast value .* to DECIMAL|DECIMAL\(\d+,\s*\d+\).*out of range/,
    "22003",
    () => overflow,
  ],
  [/Type DECIMAL.*can't be cast because the value is out of range/, "22003", () => overflow],
  [/Casting value ".*" to type DECIMAL/, "22003", () => overflow],
  [
    /Overflow in \w+ of INT16|type SMALLINT|destination type INT16|to INT16/,
    "22003",
    () => "Value out of range for 2 bytes.",
  ],
  [/Overflow in \w+ of INT32|destination type INT32/, "22003", () => "Value out of range for 4 bytes."],
  [
    /Overflow in \w+ of INT64|destination type INT64|SUM is out of range/,
    "22003",
    () => "Value out of range for 8 bytes.",
  ],
  [/Overflow in (?:\w+) of (?:INT128|HUGEINT)/, "22003", () => overflow],
  [
    /Could not convert string '(.*)' to (?:U?INT\d+)/s,
    "22P02",
    ([, text]) => `invalid input syntax for integer: "${text}"`,
  ],
  [
    /Could not convert string [`'"](.*)[`'"] to (?:DOUBLE|FLOAT)/s,
    "22P02",
    ([, text]) => `invalid input syntax for type double precision: "${text}"`,
  ],
  [
    /Could not convert string [`'"](.*)[`'"] to (?:DECIMAL|BOOL)/s,
    "22P02",
    ([, text]) => `invalid input syntax for type numeric: "${text}"`,
  ],
  [
    /invalid (date|timestamp|time) field format: "(.*?)"/s,
    "22007",
    ([, type, text]) => `invalid input syntax for type ${type}: "${text}"`,
  ],
  [
    /(?:date|timestamp|time) field value out of range: "(.*?)"/s,
    "22008",
    ([, text]) => `date/time field value out of range: "${text}"`,
  ],
  [/^Out of Range Error|Value out of range/i, "22003", () => "Value out of range"],
  [
    /NOT NULL constraint failed: (?:\S+\.)?(\S+)/,
    "23502",
    ([, column]) => `Cannot insert a NULL value into column ${column}`,
  ],
  [
    /[Dd]uplicate key|violates (?:unique|primary key) constraint|PRIMARY KEY or UNIQUE constraint/,
    "23505",
    () => "duplicate key value violates unique constraint",
  ],
  [/CHECK constraint failed/, "23514", () => "new row violates check constraint"],
  [
    /Conflict on (?:update|tuple deletion)|write-write conflict|Conflicting|conflict/i,
    "40001",
    () => "1023 Serializable isolation violation on table",
  ],
  [
    /Current transaction is aborted/,
    "25P02",
    () => "current transaction is aborted, commands ignored until end of transaction block",
  ],
  [/^Out of Memory Error|could not allocate|memory limit/i, "53200", () => "out of memory"],
  [/No space left on device|out of space|temporary directory.*size/i, "53100", () => "Disk Full"],
  [
    /more than one row returned by a subquery|scalar subquery can only return a single row/i,
    "21000",
    () => "more than one row returned by a subquery used as an expression",
  ],
  [
    /^Invalid Input Error: ((?:missing|unexpected|bad|trailing|invalid|no argument)[^\n]*(?:\)|\]|operator|repetition|escape|class|group|UTF-8|\\)[^\n]*)/,
    "2201B",
    ([, detail]) => `Invalid regular expression: ${detail}`,
  ],
  [/Max expression depth limit/, "54001", () => "stack depth limit exceeded"],
];

const raisedByUs = /millrace:([0-9A-Z]{5}):([\s\S]*?)(?:\n\nLINE \d|$)/;

/**
 * An error of the engine as the client's: those that our own SQL raised carry their SQLSTATE, the engine's own are
 * known by their words. What is not known is XX000 with the engine's text, which says what went wrong.
 */
export function engineError(error: unknown): SqlError {
  if (error instanceof SqlError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const own = raisedByUs.exec(message);
  if (own !== null) return new SqlError(own[1] ?? "XX000", own[2] ?? "", { cause: error });
  for (const [pattern, sqlState, text] of translations) {
    const match = pattern.exec(message);
    if (match !== null) return new SqlError(sqlState, text(match), { cause: error });
  }
  return new SqlError("XX000", message.split("\n")[0] ?? message, { cause: error });
}
