import { assert } from "../../../core/assert.ts";
import type { Expression } from "../../../sql/redshift/ast/expression.ts";
import type { Query } from "../../../sql/redshift/ast/query.ts";
import { parseScript } from "../../../sql/redshift/parser/redshift-parser.ts";
import type { Settings } from "./settings.ts";

/**
 * Texts that the catalog keeps are written so that they read the same whatever a session has set: names that
 * are not plain lower case are quoted, and quotes keep their case.
 */
const options = Object.freeze({ caseSensitiveIdentifiers: true });

/** A text as the catalog keeps it. */
export function definitionText(text: string, settings: Settings): string {
  if (settings.isOn("enable_case_sensitive_identifier")) return text;
  return lowerQuotedNames(text);
}

/**
 * Folds what stands in double quotes, as the parser did: strings, comments and dollar quotes are stepped over.
 */
function lowerQuotedNames(text: string): string {
  return text.replace(
    /'(?:[^'\\]|\\.|'')*'|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"]|"")*"/g,
    (part) => (part.startsWith('"') ? part.toLowerCase() : part),
  );
}

/** The query of a view, or the body of a function. */
export function parseDefinition(text: string): Query {
  const ast = parseScript(text, options)[0]?.ast;
  assert(ast?.kind === "query", "a definition in the catalog is a query");
  return ast;
}

export function parseDefault(text: string): Expression {
  const { body } = parseDefinition(`SELECT ${text}`);
  const item = body.kind === "select" ? body.items[0] : undefined;
  assert(item !== undefined, "a default in the catalog is an expression");
  return item.expression;
}
