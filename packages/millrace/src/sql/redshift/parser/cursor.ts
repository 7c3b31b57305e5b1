import type { CloseCursor, Deallocate, DeclareCursor, Execute, Fetch, Prepare } from "../ast/cursor.ts";
import { parseDml } from "./dml.ts";
import { parseExpression } from "./expression.ts";
import { parseQuery } from "./query.ts";
import { expectAny } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";
import { parseTypeName } from "./type-name.ts";

/** DECLARE c CURSOR [WITHOUT HOLD] FOR query. AWS does not document WITHOUT HOLD, the default, which psycopg2 writes. */
export function parseDeclare(stream: TokenStream): DeclareCursor {
  const { start } = stream.next();
  const name = stream.identifier();
  stream.expect("cursor");
  if (stream.accept("without")) stream.expect("hold");
  stream.expect("for");
  const query = parseQuery(stream);
  return { kind: "declare-cursor", name, query, span: stream.spanFrom(start) };
}

/** FETCH [ NEXT | ALL | n | FORWARD [n | ALL] ] FROM | IN c. Cursors go forward only. */
export function parseFetch(stream: TokenStream): Fetch {
  const { start } = stream.next();
  const count = parseFetchCount(stream);
  expectAny(stream, "from", "in");
  const cursor = stream.identifier();
  return { kind: "fetch", count, cursor, span: stream.spanFrom(start) };
}

function parseFetchCount(stream: TokenStream): number | "all" {
  if (stream.accept("next")) {
    return 1;
  }
  stream.accept("forward");
  if (stream.accept("all")) {
    return "all";
  }
  return stream.current.kind === "number" ? stream.integer() : 1;
}

/** CLOSE c, CLOSE ALL */
export function parseClose(stream: TokenStream): CloseCursor {
  const { start } = stream.next();
  const name = stream.accept("all") ? undefined : stream.identifier();
  return { kind: "close-cursor", name, span: stream.spanFrom(start) };
}

/** PREPARE p [(types)] AS statement */
export function parsePrepare(stream: TokenStream): Prepare {
  const { start } = stream.next();
  const name = stream.identifier();
  const parameterTypes = stream.accept("(") ? stream.list(() => parseTypeName(stream)) : [];
  if (parameterTypes.length > 0) {
    stream.expect(")");
  }
  stream.expect("as");
  const statementStart = stream.current.start;
  const first = stream.current;
  const statement = parseDml(stream);
  if (statement === undefined || statement.kind === "merge") {
    throw stream.syntaxError(first);
  }
  const statementText = stream.slice(statementStart, stream.previousEnd);
  return { kind: "prepare", name, parameterTypes, statement, statementText, span: stream.spanFrom(start) };
}

/** EXECUTE p [(arguments)] */
export function parseExecute(stream: TokenStream): Execute {
  const { start } = stream.next();
  const name = stream.identifier();
  const args = stream.accept("(") ? stream.list(() => parseExpression(stream)) : [];
  if (args.length > 0) {
    stream.expect(")");
  }
  return { kind: "execute", name, arguments: args, span: stream.spanFrom(start) };
}

/** DEALLOCATE [PREPARE] p | ALL */
export function parseDeallocate(stream: TokenStream): Deallocate {
  const { start } = stream.next();
  stream.accept("prepare");
  const name = stream.accept("all") ? undefined : stream.identifier();
  return { kind: "deallocate", name, span: stream.spanFrom(start) };
}
