import type { Statement } from "../ast/statement.ts";
import { parseCreateExternalSchema } from "./create-external-schema.ts";
import { parseCreateExternalTable } from "./create-external-table.ts";
import { parseCreateExternalFunction, parseCreateFunction, parseCreateProcedure } from "./create-routine.ts";
import { parseCreateDatabase, parseCreateSchema } from "./create-schema.ts";
import { parseCreateTable } from "./create-table.ts";
import { parseCreateMaterializedView, parseCreateView } from "./create-view.ts";
import type { TokenStream } from "./token-stream.ts";
import { atForeignObject, foreignObject } from "./unsupported-object.ts";
import { parseCreateGroup, parseCreateRole, parseCreateUser } from "./user.ts";

/** CREATE of anything. */
export function parseCreate(stream: TokenStream): Statement {
  const { start } = stream.current;
  stream.expect("create");
  const orReplace = stream.accept("or", "replace");
  if (atForeignObject(stream)) {
    return foreignObject(stream, start, orReplace ? "CREATE OR REPLACE" : "CREATE");
  }
  if (stream.accept("view")) {
    return parseCreateView(stream, start, orReplace);
  }
  if (stream.accept("function")) {
    return parseCreateFunction(stream, start, orReplace);
  }
  if (stream.accept("procedure")) {
    return parseCreateProcedure(stream, start, orReplace);
  }
  if (stream.accept("external", "function")) {
    return parseCreateExternalFunction(stream, start, orReplace);
  }
  if (orReplace) {
    throw stream.syntaxError();
  }
  return createNew(stream, start);
}

/** What cannot be replaced. */
function createNew(stream: TokenStream, start: number): Statement {
  if (stream.accept("table")) {
    return parseCreateTable(stream, start, false);
  }
  if (stream.at("local") || stream.at("temporary") || stream.at("temp")) {
    stream.accept("local");
    stream.acceptAny("temporary", "temp");
    stream.expect("table");
    return parseCreateTable(stream, start, true);
  }
  if (stream.accept("materialized", "view")) {
    return parseCreateMaterializedView(stream, start);
  }
  if (stream.accept("external", "table")) {
    return parseCreateExternalTable(stream, start);
  }
  if (stream.accept("external", "schema")) {
    return parseCreateExternalSchema(stream, start);
  }
  const word = stream.acceptAny("schema", "database", "user", "group", "role");
  switch (word) {
    case "schema":
      return parseCreateSchema(stream, start);
    case "database":
      return parseCreateDatabase(stream, start);
    case "user":
      return parseCreateUser(stream, start);
    case "group":
      return parseCreateGroup(stream, start);
    case "role":
      return parseCreateRole(stream, start);
    case undefined:
      throw stream.syntaxError();
  }
}
