import { Lexer } from "../../sql/lexer/lexer.ts";

export interface PositionalSql {
  /** With `$1`, `$2`, ... */
  readonly sql: string;
  /** The name that `$1` stands for, that of `$2`, ... */
  readonly names: readonly string[];
}

/**
 * `:name` as `$n`, for the names that are known: what the Data API's clients write. Literals, quoted names,
 * comments and `::` casts are left alone, since the lexer finds the tokens.
 * @throws SqlError 42601 where a token is broken
 */
export function positionalSql(text: string, known: ReadonlySet<string>): PositionalSql {
  const names: string[] = [];
  if (known.size === 0) return { sql: text, names };
  const lexer = new Lexer(text, { nameQuote: '"', backslashEscapes: true, dollars: true });
  let sql = "";
  let copied = 0;
  for (let token = lexer.next(); token.kind !== "end"; token = lexer.next()) {
    if (token.kind !== "symbol" || token.value !== ":") continue;
    const name = /^[0-9A-Za-z_]+/.exec(text.slice(token.end, token.end + maxNameChars))?.[0];
    if (name === undefined || !known.has(name)) continue;
    if (!names.includes(name)) names.push(name);
    sql += `${text.slice(copied, token.start)}$${names.indexOf(name) + 1}`;
    copied = token.end + name.length;
    lexer.offset = copied;
  }
  return { sql: sql + text.slice(copied), names };
}

/** Longer than any parameter's name that makes sense. */
const maxNameChars = 1_000;
