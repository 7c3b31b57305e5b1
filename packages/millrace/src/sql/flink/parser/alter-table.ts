import type { AlterTableAction, MaterializedTableAction } from "../ast/table.ts";
import { parseDistribution } from "./create-table.ts";
import type { Grammar } from "./grammar.ts";
import {
  acceptIfExists,
  acceptIfNotExists,
  acceptOptions,
  parseKeys,
  parseOptions,
  parsePartition,
} from "./shared-clauses.ts";
import { SchemaReader } from "./table-schema.ts";

/** What is done with a table, behind its name. */
export function parseAlterTableAction(grammar: Grammar, materialized: boolean): AlterTableAction {
  const { stream } = grammar;
  const special = materialized ? parseMaterializedAction(grammar) : undefined;
  if (special !== undefined) {
    return special;
  }
  switch (stream.expectAny("rename", "set", "reset", "add", "modify", "drop")) {
    case "rename":
      return parseRename(grammar);
    case "set":
      return { kind: "set", options: parseOptions(stream) };
    case "reset":
      return { kind: "reset", keys: parseKeys(stream) };
    case "add":
      return stream.at("if") || stream.at("partition")
        ? parseAddPartitions(grammar)
        : parseSchemaAction(grammar, "add");
    case "modify":
      return parseSchemaAction(grammar, "modify");
    default:
      return stream.at("if") || stream.at("partition")
        ? parseDropPartitions(grammar)
        : parseDropAction(grammar);
  }
}

// RENAME TO name | RENAME column TO name
function parseRename({ stream }: Grammar): AlterTableAction {
  if (stream.accept("to")) {
    return { kind: "rename", newName: stream.qualifiedName("a table's name") };
  }
  const column = stream.qualifiedName("a column's name");
  stream.expect("to");
  return { kind: "rename column", column, newName: stream.identifier("a column's name") };
}

// element | ( element, ... ) | DISTRIBUTION ...
function parseSchemaAction(grammar: Grammar, kind: "add" | "modify"): AlterTableAction {
  const { stream } = grammar;
  if (stream.at("distribution")) {
    return { kind: `${kind} distribution`, distribution: parseDistribution(stream) };
  }
  const reader = new SchemaReader(grammar);
  if (stream.accept("(")) {
    stream.list(() => reader.readElement(true));
    stream.expect(")");
  } else {
    reader.readElement(true);
  }
  return { kind, schema: reader.schema, positions: reader.positions };
}

// [IF NOT EXISTS] PARTITION (...) [WITH (...)] ...
function parseAddPartitions(grammar: Grammar): AlterTableAction {
  const { stream } = grammar;
  const ifNotExists = acceptIfNotExists(stream);
  const partitions: (AlterTableAction & { kind: "add partitions" })["partitions"][number][] = [];
  do {
    stream.expect("partition");
    partitions.push({ values: parsePartition(grammar), options: acceptOptions(stream) });
  } while (stream.at("partition"));
  return { kind: "add partitions", ifNotExists, partitions };
}

// [IF EXISTS] PARTITION (...) [, PARTITION (...)] ...
function parseDropPartitions(grammar: Grammar): AlterTableAction {
  const { stream } = grammar;
  const ifExists = acceptIfExists(stream);
  const partitions = stream.list(() => {
    stream.expect("partition");
    return parsePartition(grammar);
  });
  return { kind: "drop partitions", ifExists, partitions };
}

// column | ( column, ... ) | PRIMARY KEY | CONSTRAINT name | WATERMARK | DISTRIBUTION
function parseDropAction({ stream }: Grammar): AlterTableAction {
  if (stream.accept("primary")) {
    stream.expect("key");
    return { kind: "drop primary key" };
  }
  if (stream.accept("constraint")) {
    return { kind: "drop constraint", constraint: stream.identifier("a constraint's name") };
  }
  const word = stream.acceptAny("watermark", "distribution");
  if (word !== undefined) {
    return { kind: `drop ${word}` };
  }
  if (!stream.accept("(")) {
    return { kind: "drop columns", columns: [stream.qualifiedName("a column's name")] };
  }
  const columns = stream.list(() => stream.qualifiedName("a column's name"));
  stream.expect(")");
  return { kind: "drop columns", columns };
}

/** What only materialized tables have; undefined for the rest. */
function parseMaterializedAction(grammar: Grammar): MaterializedTableAction | undefined {
  const { stream } = grammar;
  if (stream.accept("suspend")) {
    return { kind: "suspend" };
  }
  if (stream.accept("resume")) {
    return { kind: "resume", options: acceptOptions(stream) };
  }
  if (stream.accept("refresh")) {
    return { kind: "refresh", partition: stream.accept("partition") ? parsePartition(grammar) : [] };
  }
  if (stream.accept("set", "freshness")) {
    stream.expect("=");
    return { kind: "set freshness", freshness: grammar.expression() };
  }
  if (stream.accept("set", "refresh_mode")) {
    stream.expect("=");
    return { kind: "set refresh mode", mode: stream.expectAny("full", "continuous") };
  }
  return stream.accept("as") ? { kind: "as", query: grammar.query() } : undefined;
}
