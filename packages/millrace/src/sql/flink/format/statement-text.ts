import type { CompilePlan, Explain, Insert, Statement, StatementSet, Update } from "../ast/statement.ts";
import { hintsText } from "./hint-text.ts";
import {
  alterObjectText,
  alterViewText,
  createCatalogText,
  createConnectionText,
  createDatabaseText,
  createModelText,
  createViewText,
  dropText,
  functionText,
} from "./object-text.ts";
import { analyzeText, describeText, showText, stopJobText, useText } from "./session-text.ts";
import {
  alterTableText,
  createMaterializedTableText,
  createTableText,
  partitionText,
  withText,
} from "./table-text.ts";
import { joined, literalText, nameText, optionText, pathText, type TextWriter } from "./text-writer.ts";

export function statementText(writer: TextWriter, statement: Statement): string {
  switch (statement.kind) {
    case "query":
      return writer.query(statement);
    case "insert":
      return insertText(writer, statement);
    case "statement-set":
      return `EXECUTE ${setText(writer, statement)}`;
    case "begin-statement-set":
      return "BEGIN STATEMENT SET";
    case "end-statement-set":
      return "END";
    case "update":
      return updateText(writer, statement);
    case "delete":
      return joined([
        `DELETE FROM ${pathText(statement.table)}`,
        statement.alias === undefined ? "" : `AS ${nameText(statement.alias)}`,
        statement.where === undefined ? "" : `WHERE ${writer.expression(statement.where)}`,
      ]);
    case "truncate":
      return `TRUNCATE TABLE ${pathText(statement.table)}`;
    case "call-procedure":
      return `CALL ${pathText(statement.name)}(${statement.arguments.map((item) => writer.expression(item)).join(", ")})`;
    case "explain":
      return explainText(writer, statement);
    case "execute":
      return `EXECUTE ${statementText(writer, statement.statement)}`;
    case "compile-plan":
      return compileText(writer, statement);
    case "execute-plan":
      return `EXECUTE PLAN ${literalText(statement.path)}`;
    default:
      return definitionText(writer, statement);
  }
}

function definitionText(writer: TextWriter, statement: Statement): string {
  switch (statement.kind) {
    case "create-table":
      return createTableText(writer, statement);
    case "create-materialized-table":
      return createMaterializedTableText(writer, statement);
    case "alter-table":
      return alterTableText(writer, statement);
    case "create-view":
      return createViewText(writer, statement);
    case "alter-view":
      return alterViewText(writer, statement);
    case "create-function":
    case "alter-function":
      return functionText(statement);
    case "create-catalog":
      return createCatalogText(statement);
    case "create-database":
      return createDatabaseText(statement);
    case "create-model":
      return createModelText(writer, statement);
    case "create-connection":
      return createConnectionText(statement);
    case "alter-object":
      return alterObjectText(statement);
    case "drop":
      return dropText(statement);
    default:
      return sessionText(writer, statement);
  }
}

function sessionText(writer: TextWriter, statement: Statement): string {
  switch (statement.kind) {
    case "use":
      return useText(statement);
    case "set":
      return statement.option === undefined ? "SET" : `SET ${optionText(statement.option)}`;
    case "reset":
      return statement.key === undefined ? "RESET" : `RESET ${literalText(statement.key)}`;
    case "jar":
      return `${statement.action.toUpperCase()} JAR ${literalText(statement.path)}`;
    case "load-module":
      return joined([`LOAD MODULE ${nameText(statement.name)}`, withText(statement.options)]);
    case "unload-module":
      return `UNLOAD MODULE ${nameText(statement.name)}`;
    case "describe":
      return describeText(statement);
    case "show":
      return showText(writer, statement);
    case "stop-job":
      return stopJobText(statement);
    case "analyze-table":
      return analyzeText(writer, statement);
    default:
      throw new Error(`no text for ${statement.kind}`);
  }
}

function insertText(writer: TextWriter, insert: Insert): string {
  const columns = insert.columns.map(pathText).join(", ");
  return joined([
    `INSERT ${insert.overwrite ? "OVERWRITE" : "INTO"} ${pathText(insert.table)}`,
    hintsText(insert.hints),
    insert.partition.length === 0 ? "" : `PARTITION ${partitionText(writer, insert.partition)}`,
    columns === "" ? "" : `(${columns})`,
    writer.query(insert.query),
    insert.onConflict === undefined ? "" : `ON CONFLICT DO ${insert.onConflict.toUpperCase()}`,
  ]);
}

const setText = (writer: TextWriter, { inserts }: StatementSet): string =>
  `STATEMENT SET BEGIN ${inserts.map((insert) => `${insertText(writer, insert)}; `).join("")}END`;

function updateText(writer: TextWriter, { table, alias, assignments, where }: Update): string {
  const items = assignments.map(({ column, value }) => `${pathText(column)} = ${writer.expression(value)}`);
  return joined([
    `UPDATE ${pathText(table)}`,
    alias === undefined ? "" : `AS ${nameText(alias)}`,
    `SET ${items.join(", ")}`,
    where === undefined ? "" : `WHERE ${writer.expression(where)}`,
  ]);
}

function explainText(writer: TextWriter, { details, statement }: Explain): string {
  const body =
    statement.kind === "statement-set" ? setText(writer, statement) : statementText(writer, statement);
  return joined(["EXPLAIN", details.join(", ").toUpperCase(), body]);
}

function compileText(writer: TextWriter, { path, ifNotExists, execute, statement }: CompilePlan): string {
  const body =
    statement.kind === "statement-set" ? setText(writer, statement) : insertText(writer, statement);
  return joined([
    "COMPILE",
    execute && "AND EXECUTE",
    `PLAN ${literalText(path)}`,
    ifNotExists && "IF NOT EXISTS",
    `FOR ${body}`,
  ]);
}
