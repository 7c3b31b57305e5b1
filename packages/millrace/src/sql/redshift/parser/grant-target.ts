import type { GrantTarget } from "../ast/security.ts";
import { parseSignature } from "./routine-signature.ts";
import { expectAny } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

/** Objects that Millrace does not have, behind ON: how to name them in a refusal. */
export function atUnsupportedTarget(stream: TokenStream): string | undefined {
  if (!stream.at("on")) {
    return undefined;
  }
  const word = stream.peek(1).lexeme;
  switch (word) {
    case "datashare":
    case "model":
    case "template":
      return `ON ${word.toUpperCase()}`;
    case "external": {
      const kind = stream.peek(2).lexeme;
      return kind === "table" || kind === "schema" ? `ON EXTERNAL ${kind.toUpperCase()}` : undefined;
    }
    default:
      return undefined;
  }
}

/** ON objects, or FOR what is and will be in a schema or database. */
export function parseGrantTarget(stream: TokenStream): GrantTarget {
  if (stream.accept("for")) {
    return parseScope(stream);
  }
  stream.expect("on");
  if (stream.accept("all")) {
    return parseAllInSchema(stream);
  }
  if (stream.accept("database")) {
    return { kind: "databases", names: stream.list(() => stream.identifier()) };
  }
  if (stream.accept("schema")) {
    return { kind: "schemas", names: stream.list(() => stream.qualifiedName()) };
  }
  if (stream.accept("language")) {
    return { kind: "languages", names: stream.list(() => stream.identifier()) };
  }
  const routine = stream.atIdentifier(1) ? stream.acceptAny("function", "procedure") : undefined;
  if (routine !== undefined) {
    const signatures = stream.list(() => parseSignature(stream, "required"));
    return { kind: "routines", routine, signatures };
  }
  stream.accept("table");
  return { kind: "tables", names: stream.list(() => stream.qualifiedName()) };
}

/** `TABLES IN SCHEMA s, ...` behind ON ALL. */
function parseAllInSchema(stream: TokenStream): GrantTarget {
  const word = expectAny(stream, "tables", "functions", "procedures");
  stream.expect("in", "schema");
  const schemas = stream.list(() => stream.qualifiedName());
  if (word === "tables") {
    return { kind: "all-tables", schemas };
  }
  return { kind: "all-routines", routine: word === "functions" ? "function" : "procedure", schemas };
}

/** `TABLES IN SCHEMA s [DATABASE d]`, `SCHEMAS IN DATABASE d` */
function parseScope(stream: TokenStream): GrantTarget {
  const objects = stream.accept("copy", "jobs")
    ? "copy jobs"
    : expectAny(stream, "schemas", "tables", "functions", "procedures", "languages");
  stream.expect("in");
  if (expectAny(stream, "schema", "database") === "database") {
    return { kind: "scoped", objects, scope: { kind: "database", name: stream.identifier() } };
  }
  const name = stream.identifier();
  const database = stream.accept("database") ? stream.identifier() : undefined;
  return { kind: "scoped", objects, scope: { kind: "schema", name, database } };
}
