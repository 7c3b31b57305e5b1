import { SqlError } from "../../sql-error.ts";
import type { CreateFunction, Drop } from "../ast/catalog-object.ts";
import {
  type JavaScriptFunction,
  javaScriptFunction,
  parseJavaScriptFunction,
} from "../functions/javascript/index.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { dotted, type ProgramSession } from "./program-session.ts";

const maxFunctions = 1_000;

/** CREATE FUNCTION ... LANGUAGE JAVASCRIPT; names of functions have no case. */
export function createFunction(node: CreateFunction, session: ProgramSession): void {
  const at = node.span.start;
  if (node.kind === "alter-function") throw elsewhere("ALTER FUNCTION", at);
  if (node.language !== "javascript") {
    throw elsewhere(`a function in ${(node.language ?? "java").toUpperCase()}`, at);
  }
  if (node.resources.length > 0) throw elsewhere("USING JAR", at);
  const name = (node.name.parts.at(-1)?.name ?? "").toLowerCase();
  if (session.functions.has(name)) {
    if (node.ifNotExists) return;
    throw invalid(`the function '${name}' already exists`, node.name.span.start, "42723");
  }
  if (session.functions.size >= maxFunctions) {
    throw invalid(`a program has at most ${maxFunctions} functions`, at, "54000");
  }
  const definition = definitionOf(name, node);
  session.functions.set(name, {
    definition: { name, text: node.as },
    scalar: javaScriptFunction(definition),
  });
}

function definitionOf(name: string, node: CreateFunction): JavaScriptFunction {
  try {
    return parseJavaScriptFunction(name, node.as);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    throw new SqlError(error.sqlState, error.message, { position: node.asSpan.start, cause: error });
  }
}

export function dropFunction(node: Drop, session: ProgramSession): void {
  const name = (node.name.parts.at(-1)?.name ?? "").toLowerCase();
  if (!session.functions.delete(name) && !node.ifExists) {
    throw invalid(`the function '${dotted(node.name)}' does not exist`, node.name.span.start, "42883");
  }
}
