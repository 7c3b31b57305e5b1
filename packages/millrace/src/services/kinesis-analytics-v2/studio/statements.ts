/** What a statement does in a session. */
export type StatementKind = "definition" | "query" | "job";

export interface Statement {
  readonly text: string;
  readonly kind: StatementKind;
  /** Where it begins in the text. */
  readonly start: number;
}

const kinds: Readonly<Record<string, StatementKind>> = {
  ...{ SELECT: "query", WITH: "query", VALUES: "query", SHOW: "query", DESCRIBE: "query", DESC: "query" },
  ...{ "(": "query", INSERT: "job", EXECUTE: "job", EXPLAIN: "query" },
};

/** The statements of a text: semicolons stand between them, but not in quotes, comments and statement sets. */
export function statementsOf(text: string): readonly Statement[] {
  const statements: Statement[] = [];
  let start = 0;
  /** Behind the last semicolon. */
  let piece = 0;
  let isInSet = false;
  const finish = (end: number): void => {
    const words = firstWords(text.slice(start, end));
    const isSet = opensSet(words);
    const last = firstWords(text.slice(piece, end))[0];
    piece = end + 1;
    isInSet = isSet && last !== "END" && end < text.length;
    if (isInSet) return;
    const whole = text.slice(start, end);
    const at = start + whole.length - whole.trimStart().length;
    start = end + 1;
    const [first] = words;
    if (first === undefined) return;
    const kind = isSet ? "job" : (kinds[first] ?? "definition");
    statements.push({ text: whole.trim(), kind, start: at });
  };
  for (let at = 0; at < text.length; at++) {
    const skipped = skip(text, at);
    if (skipped > at) at = skipped - 1;
    else if (text[at] === ";") finish(at);
  }
  finish(text.length);
  return statements;
}

/** `EXECUTE STATEMENT SET BEGIN ...; END` and `BEGIN STATEMENT SET; ...; END` */
const opensSet = ([first, second, third]: readonly string[]): boolean =>
  (first === "EXECUTE" || first === "BEGIN") && second === "STATEMENT" && third === "SET";

/** The end of the quoted text or comment that begins here; the place itself where none does. */
function skip(text: string, at: number): number {
  if (text.startsWith("--", at)) return endOf(text, "\n", at + 2);
  if (text.startsWith("/*", at)) return endOf(text, "*/", at + 2);
  const quote = text[at];
  if (quote !== "'" && quote !== '"' && quote !== "`") return at;
  return endOf(text, quote, at + 1);
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

/** As many characters as three words and the blanks between them may have. */
const lookedAtChars = 100;

/** The first three words in upper case, behind comments. */
function firstWords(text: string): readonly string[] {
  let at = 0;
  while (at < text.length) {
    if (text.startsWith("--", at) || text.startsWith("/*", at)) at = skip(text, at);
    else if (/\s/.test(text[at] ?? "")) at++;
    else break;
  }
  const rest = text.slice(at, at + lookedAtChars);
  if (rest === "") return [];
  return /^[A-Za-z_]/.test(rest)
    ? (rest.toUpperCase().match(/[A-Z_]+/g) ?? []).slice(0, 3)
    : [rest.slice(0, 1)];
}
