import type { Unsupported } from "../ast/admin.ts";
import type { ShowColumnGrants, ShowGrants } from "../ast/show.ts";
import { parseGrantee } from "./grantee.ts";
import { parseArgumentTypes } from "./routine-signature.ts";
import { parseLimit, parseShowFilter, parseShowName } from "./show-name.ts";
import type { TokenStream } from "./token-stream.ts";
import { unsupported } from "./unsupported.ts";

type Subject = ShowGrants["subject"];

/** SHOW GRANTS has been read: ON an object, or FOR somebody. */
export function parseShowGrants(stream: TokenStream, start: number): ShowGrants | Unsupported {
  if (stream.at("on", "template")) {
    return unsupported(stream, start, "SHOW GRANTS ON TEMPLATE");
  }
  const subject: Subject = stream.accept("on") ? parseSubject(stream) : { kind: "all" };
  if (subject.kind === "all" && !stream.at("for")) {
    throw stream.syntaxError();
  }
  const grantee = stream.accept("for") ? parseGrantee(stream) : undefined;
  const fromDatabase = subject.kind === "all" && stream.accept("from", "database");
  const database = fromDatabase ? parseShowName(stream, 1, 1) : undefined;
  const limit = parseLimit(stream);
  return { kind: "show-grants", subject, grantee, database, limit, span: stream.spanFrom(start) };
}

function parseSubject(stream: TokenStream): Subject {
  const objectType = stream.acceptAny("database", "schema", "table", "function", "procedure") ?? "table";
  const name = parseShowName(stream, 1, objectType === "database" ? 1 : objectType === "schema" ? 2 : 3);
  const isRoutine = objectType === "function" || objectType === "procedure";
  const argumentTypes = isRoutine && stream.at("(") ? parseArgumentTypes(stream) : undefined;
  return { kind: "object", objectType, name, argumentTypes };
}

/** SHOW COLUMN has been read; GRANTS ON TABLE follows. */
export function parseColumnGrants(stream: TokenStream, start: number): ShowColumnGrants {
  stream.expect("grants", "on", "table");
  const table = parseShowName(stream, 1, 3);
  const grantee = stream.accept("for") ? parseGrantee(stream) : undefined;
  const filter = parseShowFilter(stream);
  return { kind: "show-column-grants", table, grantee, ...filter, span: stream.spanFrom(start) };
}
