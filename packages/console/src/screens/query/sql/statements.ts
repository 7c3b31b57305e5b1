/** One statement of a text, and where it begins there. */
export interface SqlStatement {
  readonly text: string;
  readonly start: number;
}

/** The statements of a text: semicolons stand between them, but not in quotes, dollar quotes and comments. */
export function statementsOf(text: string): readonly SqlStatement[] {
  const statements: SqlStatement[] = [];
  let start = 0;
  const finish = (end: number): void => {
    const piece = text.slice(start, end);
    const blank = leadingBlank(piece);
    if (blank < piece.length) statements.push({ text: piece.slice(blank).trimEnd(), start: start + blank });
    start = end + 1;
  };
  let at = 0;
  while (at < text.length) {
    const end = quotedEnd(text, at);
    if (end > at) {
      at = end;
      continue;
    }
    if (text[at] === ";") finish(at);
    at++;
  }
  finish(text.length);
  return statements;
}

/** How many characters blanks and comments take at the beginning. */
function leadingBlank(piece: string): number {
  let at = 0;
  while (at < piece.length) {
    if (/\s/.test(piece[at] ?? "")) at++;
    else if (piece.startsWith("--", at) || piece.startsWith("/*", at)) at = quotedEnd(piece, at);
    else break;
  }
  return at;
}

/** The end of the comment or quoted text that begins here; the place itself where none does. */
function quotedEnd(text: string, at: number): number {
  if (text.startsWith("--", at)) return endOf(text, "\n", at + 2);
  if (text.startsWith("/*", at)) return commentEnd(text, at);
  const first = text[at];
  if (first === "'") return stringEnd(text, at + 1);
  if (first === '"' || first === "`") return endOf(text, first, at + 1);
  if (first !== "$") return at;
  const mark = /^\$\w*\$/.exec(text.slice(at, at + 64))?.[0];
  return mark === undefined ? at : endOf(text, mark, at + mark.length);
}

/** Comments stand in comments. */
function commentEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith("/*", at)) {
      depth++;
      at++;
    } else if (text.startsWith("*/", at)) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

/** A backslash takes the next character with it, as in Redshift. */
function stringEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "'") return at + 1;
  }
  return text.length;
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

/** Whether a statement asks for a plan. */
export function isExplain(sql: string): boolean {
  return /^\s*explain\b/i.test(sql);
}
