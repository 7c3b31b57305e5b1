import type { PlanNames } from "./plan-names.ts";

/** How the columns under a condition are called in it. */
export interface ColumnScope {
  /** Of a scan: its own column `c1`. */
  readonly own: (column: string) => string | undefined;
  /** Of `#0`. */
  readonly output: (index: number) => string | undefined;
  /** Whether several tables are about, so that columns need their table's name. */
  readonly qualified: boolean;
}

/** A condition of the engine's plan, in the names of the user and in Redshift's spelling. */
export function conditionText(text: string, names: PlanNames, scope: ColumnScope): string {
  return withoutTextRanges(renamed(text, names, scope));
}

/**
 * The binder puts a range before each comparison of texts, `(n >= 'a') AND (n < 'a!') AND (n = 'a')`, so that
 * blocks are left out. It says nothing that the comparison does not.
 */
function withoutTextRanges(text: string): string {
  let result = text;
  for (const [upper, column = ""] of text.matchAll(/\(([\w.]+) < '(?:[^']|'')*!'\)/g)) {
    const lower = new RegExp(`\\(${column.replaceAll(".", "\\.")} >= '(?:[^']|'')*'\\)`).exec(result)?.[0];
    if (!new RegExp(`\\b${column}(?: = '| IN )`).test(result)) continue;
    for (const term of [upper, lower ?? upper])
      result = result.replace(`${term} AND `, "").replace(` AND ${term}`, "").replace(`(${term}) AND `, "");
  }
  return result === text ? text : result.replace(/\(\(([\w.]+ (?:=|IN) [^()]*)\)\)/g, "($1)");
}

function renamed(text: string, names: PlanNames, scope: ColumnScope): string {
  return outsideLiterals(text, (part) =>
    part
      .replace(/\b(r\d+)\.(r\d+__c\d+)\b/g, "$2")
      .replace(/\b[rt]\d+__c\d+\b/g, (name) => {
        const found = names.column(name);
        if (found === undefined) return name;
        return scope.qualified ? `${found.table.name}.${found.name}` : found.name;
      })
      .replace(/#(\d+)/g, (all, index: string) => scope.output(Number(index)) ?? all)
      .replace(
        /\b(?:r\d+\.)?c(\d+)\b/g,
        (_, number: string) => scope.own(`c${number}`) ?? `derived_col${number}`,
      )
      .replaceAll("count_star()", "count(*)")
      .replaceAll("sum_no_overflow(", "sum(")
      .replace(/"(\w+)"\(/g, "$1(")
      .replace(/\bfirst\(([\w.]+)\)/g, "$1")
      .replaceAll(" IS NOT DISTINCT FROM ", " = ")
      .replaceAll("!=", "<>"),
  )
    .replace(/\brtrim\(([\w.]+), ' '\)/g, "$1")
    .replace(
      /CAST\(([\w.']+) AS (\w+(?:\([\d,]+\))?)\)/g,
      (_, value: string, type: string) => `(${value})::${type.toLowerCase()}`,
    )
    .replace(
      /\b(prefix|suffix|contains)\(([\w.]+), '((?:[^']|'')*)'\)/g,
      (_, kind: string, column: string, value: string) => {
        const pattern = kind === "prefix" ? `${value}%` : kind === "suffix" ? `%${value}` : `%${value}%`;
        return `(${column} ~~ '${pattern}')`;
      },
    );
}

function outsideLiterals(text: string, change: (part: string) => string): string {
  // Texts that rtrim() and its like take belong to the spelling, and are seen again afterwards.
  return text
    .split(/('(?:[^']|'')*')/)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join("");
}

/** `c1>10` with blanks around its operator, in brackets. */
export function spaced(condition: string): string {
  const bare = condition.startsWith("(") && closes(condition) ? condition : `(${condition})`;
  return bare.replace(/^\(([\w.]+)(<=|>=|<>|=|<|>)(?=[^\s=<>])/, "($1 $2 ");
}

/** Whether the first bracket is closed by the last character. */
function closes(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")") depth--;
    if (depth === 0) return at === text.length - 1;
  }
  return false;
}

/** Conditions that AND joins at the top. */
export function conjuncts(text: string): readonly string[] {
  const inner = text.startsWith("(") && closes(text) ? text.slice(1, -1) : text;
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let at = 0; at < inner.length; at++) {
    const character = inner[at];
    if (character === "'") quoted = !quoted;
    if (quoted) continue;
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (depth === 0 && inner.startsWith(" AND ", at)) {
      parts.push(inner.slice(from, at));
      from = at + " AND ".length;
    }
  }
  return parts.length === 0 ? [text] : [...parts, inner.slice(from)];
}
