import type { AlterObject, AlterView, Drop, DropTarget } from "../ast/catalog-object.ts";
import type { DefinitionStatement } from "../ast/statement.ts";
import type { AlterTable } from "../ast/table.ts";
import { parseAlterTableAction } from "./alter-table.ts";
import { parseCreateFunction } from "./create.ts";
import type { Grammar } from "./grammar.ts";
import { acceptIfExists, parseKeys, parseOptions } from "./shared-clauses.ts";

// ALTER object ...
export function parseAlter(grammar: Grammar): DefinitionStatement {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("alter");
  const temporary = stream.accept("temporary");
  const system = temporary && stream.accept("system");
  switch (stream.current.lexeme) {
    case "table":
    case "materialized":
      return parseAlterTable(grammar, start);
    case "view":
      return parseAlterView(grammar, start);
    case "function":
      return parseCreateFunction(grammar, "alter-function", { start, temporary, system });
    case "catalog":
    case "database":
    case "model":
    case "connection":
      return parseAlterObject(grammar, start);
    default:
      throw stream.syntaxError("TABLE, VIEW, FUNCTION, CATALOG, DATABASE, MODEL or MATERIALIZED TABLE");
  }
}

// [MATERIALIZED] TABLE [IF EXISTS] name action
function parseAlterTable(grammar: Grammar, start: number): AlterTable {
  const { stream } = grammar;
  const materialized = stream.accept("materialized");
  stream.expect("table");
  const ifExists = acceptIfExists(stream);
  const name = stream.qualifiedName("a table's name");
  const action = parseAlterTableAction(grammar, materialized);
  return { kind: "alter-table", materialized, ifExists, name, action, span: stream.spanFrom(start) };
}

// VIEW name RENAME TO name | AS query
function parseAlterView(grammar: Grammar, start: number): AlterView {
  const { stream } = grammar;
  stream.expect("view");
  const name = stream.qualifiedName("a view's name");
  if (stream.accept("rename", "to")) {
    const newName = stream.qualifiedName("a view's name");
    return { kind: "alter-view", name, action: { kind: "rename", newName }, span: stream.spanFrom(start) };
  }
  if (!stream.accept("as")) {
    throw stream.syntaxError("RENAME TO or AS");
  }
  const query = grammar.query();
  const text = stream.slice(query.span.start, query.span.end);
  return { kind: "alter-view", name, action: { kind: "as", query, text }, span: stream.spanFrom(start) };
}

// object [IF EXISTS] name SET (...) | RESET (...) | COMMENT 'text' | RENAME TO name
function parseAlterObject({ stream }: Grammar, start: number): AlterObject {
  const object = stream.expectAny("catalog", "database", "model", "connection");
  const ifExists = acceptIfExists(stream);
  const name = stream.qualifiedName(`a ${object}'s name`);
  const action = parseObjectAction();
  return { kind: "alter-object", object, ifExists, name, action, span: stream.spanFrom(start) };

  function parseObjectAction(): AlterObject["action"] {
    switch (stream.expectAny("set", "reset", "comment", "rename")) {
      case "set":
        return { kind: "set", options: parseOptions(stream) };
      case "reset":
        return { kind: "reset", keys: parseKeys(stream) };
      case "comment":
        return { kind: "comment", comment: stream.string("a comment in quotes") };
      default:
        stream.expect("to");
        return { kind: "rename", newName: stream.qualifiedName() };
    }
  }
}

// DROP [TEMPORARY [SYSTEM]] object [IF EXISTS] name [RESTRICT | CASCADE]
export function parseDrop({ stream }: Grammar): Drop {
  const { start } = stream.current;
  stream.expect("drop");
  const temporary = stream.accept("temporary");
  const system = temporary && stream.accept("system");
  let target: DropTarget;
  if (stream.accept("materialized")) {
    stream.expect("table");
    target = "materialized table";
  } else {
    target = stream.expectAny("catalog", "database", "table", "view", "function", "model", "connection");
  }
  const ifExists = acceptIfExists(stream);
  const name = stream.qualifiedName(`the name of a ${target}`);
  const behavior = target === "database" ? stream.acceptAny("restrict", "cascade") : undefined;
  return {
    kind: "drop",
    target,
    temporary,
    system,
    ifExists,
    name,
    cascade: behavior === "cascade",
    span: stream.spanFrom(start),
  };
}
