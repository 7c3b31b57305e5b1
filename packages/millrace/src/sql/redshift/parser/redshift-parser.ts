import type { Statement } from "../ast/statement.ts";
import { parseDml } from "./dml.ts";
import { type ParseOptions, TokenStream } from "./token-stream.ts";
import { parseUtilityStatement } from "./utility-statement.ts";

/** One statement of a script. */
export interface ParsedText {
  /** From the comment before it to its last token, without the semicolon. Spans of `ast` count from its beginning. */
  readonly text: string;
  /** Where `text` begins in the script, in UTF-16 units. */
  readonly start: number;
  readonly ast: Statement;
}

/** Statements with semicolons between them; empty ones are left out. @throws SqlError */
export function parseScript(text: string, options: ParseOptions = {}): readonly ParsedText[] {
  const stream = new TokenStream(text, options);
  const statements: ParsedText[] = [];
  for (;;) {
    if (!stream.atEnd()) {
      const ast = parseNext(stream);
      if (!stream.atEnd()) {
        throw stream.syntaxError();
      }
      const end = stream.current.start;
      statements.push({ text: stream.slice(0, end).trimEnd(), start: stream.origin, ast });
    }
    if (stream.current.kind === "end") {
      return statements;
    }
    stream.startNextStatement();
  }
}

/** Exactly one statement; a semicolon may stand behind it. @throws SqlError */
export function parseStatement(text: string, options: ParseOptions = {}): Statement {
  const [first, second] = parseScript(text, options);
  if (first === undefined) {
    throw new TokenStream(text, options).syntaxError();
  }
  if (second !== undefined) {
    const stream = new TokenStream(text, options);
    throw stream.error("42601", "cannot insert multiple commands into a prepared statement", second.start);
  }
  return first.ast;
}

function parseNext(stream: TokenStream): Statement {
  return parseDml(stream) ?? parseUtilityStatement(stream);
}
