import { aggregateFunction, missingFunction, scalarFunction } from "./function-table.ts";
import { flinkFunctions } from "./test-flink-functions.ts";

/** What is different, by the name of the function. */
const notes: Readonly<Record<string, string>> = Object.freeze({
  like: "as in SQL: the pattern matches the whole text",
  rand: "by the seed of the round; `RAND(seed)` is refused",
  rand_integer: "by the seed of the round; `RAND_INTEGER(seed, bound)` is refused",
  uuid: "by the seed of the round",
  printf: "`%s %S %d %f %e %x %X %o %c %b %n %%` with flags, width and precision",
  "CEIL(timepoint TO timeintervalunit)": "it gives the next unit where Flink forgets the time of the day",
  convert_tz: "a zone that does not exist ends the job; Flink takes GMT",
  date_format: "letters `Y`, `w`, `e` and zones are refused",
  to_timestamp_ltz: "precision 0 or 3",
  json_exists: "no filters and functions in paths",
  json_value: "no filters and functions in paths",
  json_query: "no filters and functions in paths; RETURNING STRING or ARRAY",
  "is json": "anything behind the JSON makes it none",
  lead: "refused by the planner, as all functions with OVER but the ranks of a top-N",
  lag: "refused by the planner",
  cume_dist: "refused by the planner",
  percent_rank: "refused by the planner",
  ntile: "refused by the planner",
  row_number: "in top-N and deduplication",
  rank: "in top-N",
  dense_rank: "in top-N",
  stddev_pop: "of whole numbers it is a whole number, as in Flink",
});

/** The text of docs/flink-functions.md. */
export function functionsPage(): string {
  const groups = flinkFunctions.flatMap(([title, functions]) => [
    `## ${title}`,
    "",
    "| Function | State |",
    "|---|---|",
    ...functions.map(([written, name]) => `| \`${written}\` | ${stateOf(written, name)} |`),
    "",
  ]);
  return [...head, ...groups, ...tail].join("\n");
}

function stateOf(written: string, name: string): string {
  const note = notes[written] ?? notes[name];
  if (name === "syntax" || name === "binder") return "yes";
  const reason = missingFunction(name);
  if (reason !== undefined) return `no: ${reason}`;
  if (scalarFunction(name) === undefined && aggregateFunction(name) === undefined) {
    throw new Error(`neither there nor missing with a reason: ${name}`);
  }
  if (note?.startsWith("refused") === true) return `no: ${note}`;
  return note === undefined ? "yes" : `yes; ${note}`;
}

const head: readonly string[] = [
  "# Flink SQL: functions",
  "",
  "Every function in the tables of Flink's documentation (\"System (Built-in) Functions\"), and whether the embedded engine has it. What it does not have it refuses when the program is checked, with SQLSTATE 0A000 and the function's name; it runs on Apache Flink itself.",
  "",
  "This page is made from the table of functions; a test keeps it so (`UPDATE_FUNCTIONS_PAGE=1 npx vitest run --project unit flink/functions/function-table` writes it).",
  "",
];

const tail: readonly string[] = [
  "## Temporary functions in JavaScript",
  "",
  "<!-- not run: a part of a program -->",
  "```sql",
  "CREATE TEMPORARY FUNCTION count_char AS '",
  "  /* (text STRING, letter STRING) RETURNS BIGINT */",
  "  (text, letter) => text === null ? null : text.split(letter).length - 1",
  "' LANGUAGE JAVASCRIPT;",
  "```",
  "",
  "The text is a comment with the signature in Flink's types, and a function. Names of parameters are for readers; `NOT NULL` behind the result's type says that it is never NULL.",
  "",
  "| SQL | JavaScript |",
  "|---|---|",
  "| BOOLEAN | boolean |",
  "| TINYINT, SMALLINT, INT, FLOAT, DOUBLE | number |",
  "| BIGINT | number; beyond 2^53 bigint |",
  "| DECIMAL | string of its digits; a number may come back |",
  "| CHAR, VARCHAR, STRING | string |",
  "| DATE | number of days since 1970-01-01 |",
  "| TIME, TIMESTAMP, TIMESTAMP_LTZ | number of milliseconds, of the day or since 1970-01-01 |",
  "| ARRAY | array |",
  "| ROW | object |",
  "| NULL | null; undefined may come back, too |",
  "",
  "Functions run in a sandbox (QuickJS in WebAssembly) that has no modules, timers, network, files, clock and chance; `Math.random()` and `Date.now()` throw, since a row must give the same answer again when it is repeated after a crash. Keep no state between calls for the same reason. A call has one second, all functions of a program together 64 MB a thread; a call that needs more, throws, or gives a value that is not of its type ends the job with a message that names the function. A call costs some microseconds: a built-in function is faster where there is one.",
  "",
  "## Differences to know of",
  "",
  "- Regular expressions are Java's, translated: flags may stand at the beginning alone, blocks (`\\p{InGreek}`), `\\G`, `\\X` and `\\N{...}` are refused. A malformed one gives NULL, or FALSE from REGEXP, as in Flink. One that takes longer than a second for a text ends the job.",
  "- A pattern of dates is a literal mostly, and is then checked with the program; letters that are not there are refused by name. Names of months and days are English. A year of two digits is one of 1947 to 2046.",
  "- The clock stands still within a round of the job, and shows the same time when the round is repeated after a crash. CURRENT_TIMESTAMP and its relatives, RAND and UUID go by this.",
  "- Texts longer than 67,108,864 characters are not made: the job ends.",
  "- Timestamps have microseconds at most; precisions above 6 are refused.",
  "- JSON is written with the names of objects in order, as Flink writes it; DECIMALs lose zeros at their ends.",
  "- A zone that skips or repeats an hour: what was skipped moves on, what came twice is the first, in UNIX_TIMESTAMP and CONVERT_TZ the second.",
  "",
];
