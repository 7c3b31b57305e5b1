import type { DropObjectType } from "../ast/admin.ts";
import type { Statement } from "../ast/statement.ts";
import {
  parseAnalyze,
  parseCall,
  parseCancel,
  parseComment,
  parseLock,
  parseTruncate,
  parseVacuum,
} from "./admin.ts";
import {
  parseAlterDatabase,
  parseAlterExternalSchema,
  parseAlterRoutine,
  parseAlterSchema,
} from "./alter-object.ts";
import { parseAlterTable } from "./alter-table.ts";
import { parseAlterMaterializedView, parseRefresh } from "./alter-view.ts";
import { parseCopy } from "./copy.ts";
import { parseCreate } from "./create.ts";
import {
  parseClose,
  parseDeallocate,
  parseDeclare,
  parseExecute,
  parseFetch,
  parsePrepare,
} from "./cursor.ts";
import { parseAlterDefaultPrivileges } from "./default-privileges.ts";
import { parseDrop } from "./drop.ts";
import { parseExplain } from "./explain.ts";
import { parseGrant } from "./grant.ts";
import { parseRevoke } from "./revoke.ts";
import { parseReset, parseSet } from "./set-variable.ts";
import { parseShow } from "./show.ts";
import type { TokenStream } from "./token-stream.ts";
import { parseBegin, parseCommit, parseRollback } from "./transaction.ts";
import { parseUnload } from "./unload.ts";
import { refusedByRedshift, unsupported } from "./unsupported.ts";
import { atForeignObject, foreignObject } from "./unsupported-object.ts";
import { parseAlterGroup, parseAlterRole, parseAlterUser } from "./user.ts";

type Parse = (stream: TokenStream) => Statement;

const feature =
  (name: string): Parse =>
  (stream) =>
    unsupported(stream, stream.current.start, name);

const refused: Parse = (stream) => {
  const { start, lexeme } = stream.current;
  return refusedByRedshift(stream, start, lexeme.toUpperCase(), "");
};

/** By the first word of a statement. */
const COMMANDS: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ["create", parseCreate],
  ["alter", parseAlter],
  ["drop", parseDropStatement],
  ["truncate", parseTruncate],
  ["comment", parseComment],
  ["refresh", parseRefresh],
  ["copy", parseCopy],
  ["unload", parseUnload],
  ["grant", parseGrant],
  ["revoke", parseRevoke],
  ["begin", parseBegin],
  ["start", parseBegin],
  ["commit", parseCommit],
  ["end", parseCommit],
  ["rollback", parseRollback],
  ["abort", parseRollback],
  ["set", parseSet],
  ["reset", parseReset],
  ["show", parseShow],
  ["declare", parseDeclare],
  ["fetch", parseFetch],
  ["close", parseClose],
  ["prepare", parsePrepare],
  ["execute", parseExecute],
  ["deallocate", parseDeallocate],
  ["explain", parseExplain],
  ["vacuum", parseVacuum],
  ["analyze", parseAnalyze],
  ["analyse", parseAnalyze],
  ["lock", parseLock],
  ["cancel", parseCancel],
  ["call", parseCall],
  ["attach", parseAttach],
  ["detach", parseAttach],
  ["desc", parseDescribe],
  ["use", feature("USE")],
  ["savepoint", refused],
  ["release", refused],
  ["listen", refused],
  ["unlisten", refused],
  ["notify", refused],
  ["cluster", refused],
  ["reindex", refused],
  ["checkpoint", refused],
  ["move", refused],
  ["load", refused],
]);

/** A statement beside queries and changes of data, known by its first word. @throws SqlError a syntax error */
export function parseUtilityStatement(stream: TokenStream): Statement {
  const parse = COMMANDS.get(stream.current.lexeme);
  if (parse === undefined) {
    throw stream.syntaxError();
  }
  return parse(stream);
}

function parseAlter(stream: TokenStream): Statement {
  const { start } = stream.next();
  if (atForeignObject(stream)) {
    return foreignObject(stream, start, "ALTER");
  }
  if (stream.accept("default", "privileges")) {
    return parseAlterDefaultPrivileges(stream, start);
  }
  if (stream.accept("materialized", "view")) {
    return parseAlterMaterializedView(stream, start);
  }
  if (stream.accept("external", "schema")) {
    return parseAlterExternalSchema(stream, start);
  }
  switch (stream.acceptAny(...ALTERED)) {
    case "table":
      return parseAlterTable(stream, start);
    case "schema":
      return parseAlterSchema(stream, start);
    case "database":
      return parseAlterDatabase(stream, start);
    case "user":
      return parseAlterUser(stream, start);
    case "group":
      return parseAlterGroup(stream, start);
    case "role":
      return parseAlterRole(stream, start);
    case "function":
      return parseAlterRoutine(stream, start, "function");
    case "procedure":
      return parseAlterRoutine(stream, start, "procedure");
    case "system":
      return unsupported(stream, start, "ALTER SYSTEM");
    case undefined:
      throw stream.syntaxError();
  }
}

const ALTERED = [
  "table",
  "schema",
  "database",
  "user",
  "group",
  "role",
  "function",
  "procedure",
  "system",
] as const;

const DROPPED: readonly DropObjectType[] = [
  "table",
  "view",
  "schema",
  "database",
  "function",
  "procedure",
  "user",
  "group",
  "role",
];

function parseDropStatement(stream: TokenStream): Statement {
  const { start } = stream.next();
  if (atForeignObject(stream)) {
    return foreignObject(stream, start, "DROP");
  }
  if (stream.accept("materialized", "view")) {
    return parseDrop(stream, start, "materialized view");
  }
  const objectType = stream.acceptAny(...DROPPED);
  if (objectType === undefined) {
    throw stream.syntaxError();
  }
  return parseDrop(stream, start, objectType);
}

/** ATTACH and DETACH of policies. */
function parseAttach(stream: TokenStream): Statement {
  const { start, lexeme } = stream.next();
  const policy = stream.acceptAny("rls", "masking");
  if (policy === undefined || !stream.accept("policy")) {
    throw stream.syntaxError();
  }
  return unsupported(stream, start, `${lexeme} ${policy} policy`.toUpperCase());
}

function parseDescribe(stream: TokenStream): Statement {
  const { start } = stream.next();
  if (stream.accept("datashare")) {
    return unsupported(stream, start, "DESC DATASHARE");
  }
  stream.expect("identity", "provider");
  return unsupported(stream, start, "DESC IDENTITY PROVIDER");
}
