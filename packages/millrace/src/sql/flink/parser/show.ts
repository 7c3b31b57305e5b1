import type { QualifiedName } from "../ast/name.ts";
import type { Show, ShowSubject } from "../ast/session.ts";
import type { Grammar } from "./grammar.ts";
import { acceptPartition } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

interface Subject {
  readonly subject: ShowSubject;
  /** FROM or IN and a name may, must or cannot follow; `name` has a name without a word before it. */
  readonly scope: "none" | "optional" | "required" | "name";
  readonly like: boolean;
}

/** By their words, longer ones before those they begin with. */
const SUBJECTS: readonly Subject[] = [
  { subject: "current catalog", scope: "none", like: false },
  { subject: "current database", scope: "none", like: false },
  { subject: "catalogs", scope: "none", like: true },
  { subject: "databases", scope: "optional", like: true },
  { subject: "materialized tables", scope: "optional", like: true },
  { subject: "tables", scope: "optional", like: true },
  { subject: "views", scope: "optional", like: true },
  { subject: "columns", scope: "required", like: true },
  { subject: "partitions", scope: "name", like: false },
  { subject: "procedures", scope: "optional", like: true },
  { subject: "user functions", scope: "optional", like: true },
  { subject: "functions", scope: "optional", like: true },
  { subject: "full modules", scope: "none", like: false },
  { subject: "modules", scope: "none", like: false },
  { subject: "models", scope: "optional", like: true },
  { subject: "connections", scope: "optional", like: true },
  { subject: "jars", scope: "none", like: false },
  { subject: "jobs", scope: "none", like: false },
  { subject: "create table", scope: "name", like: false },
  { subject: "create view", scope: "name", like: false },
  { subject: "create materialized table", scope: "name", like: false },
  { subject: "create catalog", scope: "name", like: false },
  { subject: "create model", scope: "name", like: false },
  { subject: "create connection", scope: "name", like: false },
];

// SHOW subject [FROM|IN name] [[NOT] LIKE|ILIKE 'pattern'] [PARTITION (...)]
export function parseShow(grammar: Grammar): Show {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("show");
  const orAlter = stream.at("create", "or", "alter", "materialized");
  const found = orAlter
    ? acceptOrAlter(stream)
    : SUBJECTS.find(({ subject }) => stream.accept(...subject.split(" ")));
  if (found === undefined) {
    throw stream.syntaxError("what to show, such as TABLES or CREATE TABLE");
  }
  const name = parseScope(stream, found.scope);
  const like = found.like ? parseLike(stream) : undefined;
  const partition = found.subject === "partitions" ? acceptPartition(grammar) : undefined;
  return { kind: "show", subject: found.subject, name, like, partition, span: stream.spanFrom(start) };
}

/** `CREATE OR ALTER MATERIALIZED TABLE` is shown as with CREATE alone. */
function acceptOrAlter(stream: TokenStream): Subject {
  stream.expect("create", "or", "alter", "materialized", "table");
  return { subject: "create materialized table", scope: "name", like: false };
}

function parseScope(stream: TokenStream, scope: Subject["scope"]): QualifiedName | undefined {
  if (scope === "name") {
    return stream.qualifiedName();
  }
  if (scope === "none" || (scope === "optional" && !stream.at("from") && !stream.at("in"))) {
    return undefined;
  }
  stream.expectAny("from", "in");
  return stream.qualifiedName();
}

function parseLike(stream: TokenStream): Show["like"] {
  const negated = stream.accept("not");
  const word = negated ? stream.expectAny("like", "ilike") : stream.acceptAny("like", "ilike");
  if (word === undefined) {
    return undefined;
  }
  return { pattern: stream.string("a pattern in quotes"), negated, ignoreCase: word === "ilike" };
}
