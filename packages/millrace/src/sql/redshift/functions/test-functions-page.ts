import type { FunctionEntry } from "./function-entry.ts";
import { functionGroups } from "./function-table.ts";
import { refusedFunctions } from "./refused-functions.ts";

/** The text of docs/redshift-functions.md. */
export function functionsPage(): string {
  const groups = functionGroups.flatMap(([title, entries]) => [`## ${title}`, "", ...rows(entries), ""]);
  return [
    "# Redshift: functions",
    "",
    "Every function of Redshift's SQL that the warehouse knows, with its parameters and what it gives. What stands behind a semicolon may be left out; what has dots comes any number of times; `T` is one type for all parameters that have it. Types are written by their short names: `int4` is integer, `bpchar` character, `float8` double precision.",
    "",
    "This page is made from the table of functions; a test keeps it so (`UPDATE_FUNCTIONS_PAGE=1 npx vitest run --project unit function-table` writes it).",
    "",
    ...groups,
    ...notes,
    "## Refused",
    "",
    "These are functions of Redshift that answer SQLSTATE 0A000, with the reason.",
    "",
    ...refused(),
    "",
  ].join("\n");
}

const notes: readonly string[] = [
  "## Differences to know of",
  "",
  "- `GETDATE` and `TIMEOFDAY` give the time at which the statement began, to the second and the millisecond; `SYSDATE`, `CURRENT_DATE` and the like that of the transaction, to the millisecond.",
  "- Dates are read and written as `ISO, MDY`; another `DateStyle` is refused.",
  "- Sums, differences and products of numerics go on in 128 bits where 64 are too few: the statement then runs once more, or does so from the start behind others in a transaction.",
  "- `APPROXIMATE PERCENTILE_DISC` is exact. `HLL` and `APPROXIMATE COUNT(DISTINCT x)` are approximate, but not by AWS's digits.",
  "- `DATEDIFF(week, ...)` counts Sundays. The quotient of numerics is cut, not rounded, at its scale.",
  "- The values of `CHECKSUM` are not AWS's.",
  "- A regular expression with look-around, back-references or the parameter `p` is ended with 57014 when 2,048 rows of it take longer than two seconds; a text longer than 16,000,000 bytes is not made.",
  "- Regular expressions prefer the first alternative that matches, POSIX the longest.",
  "- Leader-node functions work on tables, too; compute-node functions without a table.",
  "",
];

function rows(entries: readonly FunctionEntry[]): readonly string[] {
  const lines = [...Map.groupBy(entries, (entry) => entry.signature.name)].map(([name, overloads]) => {
    const forms = overloads.map((entry) => `\`${entry.text.slice(name.length)}\``);
    return `| \`${name}\` | ${forms.join("<br>")} |`;
  });
  return ["| Function | Parameters and result |", "|---|---|", ...lines];
}

function refused(): readonly string[] {
  const reasons = Map.groupBy(refusedFunctions, ([, reason]) => reason);
  return [...reasons].map(
    ([reason, names]) => `- ${reason}: ${names.map(([name]) => `\`${name}\``).join(", ")}.`,
  );
}
