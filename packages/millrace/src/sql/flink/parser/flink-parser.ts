import type { DataType } from "../ast/data-type.ts";
import type { Statement } from "../ast/statement.ts";
import type { Expression } from "../ast/tree.ts";
import { parseDataType as parseType } from "./data-type.ts";
import { FlinkGrammar } from "./flink-grammar.ts";
import { parseStatementAt } from "./statement.ts";
import { TokenStream } from "./token-stream.ts";

/** One statement of a script. */
export interface ParsedStatement {
  /** From the comment before it to its last token, without the semicolon. Spans of `ast` count from its beginning. */
  readonly text: string;
  /** Where `text` begins in the script, in UTF-16 units. */
  readonly start: number;
  readonly ast: Statement;
}

/** Statements with semicolons between them; empty ones are left out. @throws SqlError */
export function parseScript(text: string): readonly ParsedStatement[] {
  const grammar = new FlinkGrammar(new TokenStream(text));
  const { stream } = grammar;
  const statements: ParsedStatement[] = [];
  for (;;) {
    if (!stream.atEnd()) {
      const ast = parseStatementAt(grammar);
      if (!stream.atEnd()) {
        throw stream.syntaxError("the end of the statement or a semicolon");
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

/** An expression that is the whole text. @throws SqlError */
export function parseExpressionText(text: string): Expression {
  const grammar = new FlinkGrammar(new TokenStream(text));
  const expression = grammar.expression();
  if (grammar.stream.current.kind !== "end") {
    throw grammar.stream.syntaxError("the end of the expression");
  }
  return expression;
}

/** A type that is the whole text. @throws SqlError */
export function parseDataType(text: string): DataType {
  const stream = new TokenStream(text);
  const type = parseType(stream);
  if (stream.current.kind !== "end") {
    throw stream.syntaxError("the end of the type");
  }
  return type;
}
