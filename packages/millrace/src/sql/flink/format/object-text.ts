import type {
  AlterObject,
  AlterView,
  CreateCatalog,
  CreateConnection,
  CreateDatabase,
  CreateFunction,
  CreateModel,
  CreateView,
  Drop,
} from "../ast/catalog-object.ts";
import { commentText, keysText, optionsText, schemaText, withText } from "./table-text.ts";
import { joined, literalText, nameText, pathText, type TextWriter } from "./text-writer.ts";

export function createViewText(writer: TextWriter, view: CreateView): string {
  const columns = view.columns.map(({ name, comment }) => joined([nameText(name), commentText(comment)]));
  return joined([
    "CREATE",
    view.orReplace && "OR REPLACE",
    view.temporary && "TEMPORARY",
    "VIEW",
    view.ifNotExists && "IF NOT EXISTS",
    pathText(view.name),
    columns.length === 0 ? "" : `(${columns.join(", ")})`,
    commentText(view.comment),
    `AS ${writer.query(view.query)}`,
  ]);
}

export const alterViewText = (writer: TextWriter, { name, action }: AlterView): string =>
  action.kind === "rename"
    ? `ALTER VIEW ${pathText(name)} RENAME TO ${pathText(action.newName)}`
    : `ALTER VIEW ${pathText(name)} AS ${writer.query(action.query)}`;

export function functionText(definition: CreateFunction): string {
  const resources = definition.resources.map(
    ({ type, path }) => `${type.toUpperCase()} ${literalText(path)}`,
  );
  return joined([
    definition.kind === "create-function" ? "CREATE" : "ALTER",
    definition.temporary && "TEMPORARY",
    definition.system && "SYSTEM",
    "FUNCTION",
    definition.ifNotExists && "IF NOT EXISTS",
    definition.ifExists && "IF EXISTS",
    pathText(definition.name),
    `AS ${literalText(definition.as)}`,
    definition.language === undefined ? "" : `LANGUAGE ${definition.language.toUpperCase()}`,
    resources.length === 0 ? "" : `USING ${resources.join(", ")}`,
    withText(definition.options),
  ]);
}

export const createCatalogText = (catalog: CreateCatalog): string =>
  joined([
    "CREATE CATALOG",
    catalog.ifNotExists && "IF NOT EXISTS",
    nameText(catalog.name),
    commentText(catalog.comment),
    withText(catalog.options),
  ]);

export const createDatabaseText = (database: CreateDatabase): string =>
  joined([
    "CREATE DATABASE",
    database.ifNotExists && "IF NOT EXISTS",
    pathText(database.name),
    commentText(database.comment),
    withText(database.options),
  ]);

export const createConnectionText = (connection: CreateConnection): string =>
  joined([
    "CREATE",
    connection.temporary && "TEMPORARY",
    connection.system && "SYSTEM",
    "CONNECTION",
    connection.ifNotExists && "IF NOT EXISTS",
    pathText(connection.name),
    commentText(connection.comment),
    withText(connection.options),
  ]);

export function createModelText(writer: TextWriter, model: CreateModel): string {
  const input = schemaText(writer, model.input);
  const output = schemaText(writer, model.output);
  return joined([
    "CREATE",
    model.orReplace && "OR REPLACE",
    model.temporary && "TEMPORARY",
    "MODEL",
    model.ifNotExists && "IF NOT EXISTS",
    pathText(model.name),
    input === "" ? "" : `INPUT ${input}`,
    output === "" ? "" : `OUTPUT ${output}`,
    commentText(model.comment),
    withText(model.options),
    model.as === undefined ? "" : `AS ${writer.query(model.as)}`,
  ]);
}

export const alterObjectText = ({ object, ifExists, name, action }: AlterObject): string =>
  joined(["ALTER", object.toUpperCase(), ifExists && "IF EXISTS", pathText(name), objectActionText(action)]);

function objectActionText(action: AlterObject["action"]): string {
  switch (action.kind) {
    case "set":
      return `SET ${optionsText(action.options)}`;
    case "reset":
      return `RESET ${keysText(action.keys)}`;
    case "comment":
      return `COMMENT ${literalText(action.comment)}`;
    case "rename":
      return `RENAME TO ${pathText(action.newName)}`;
  }
}

export const dropText = (drop: Drop): string =>
  joined([
    "DROP",
    drop.temporary && "TEMPORARY",
    drop.system && "SYSTEM",
    drop.target.toUpperCase(),
    drop.ifExists && "IF EXISTS",
    pathText(drop.name),
    drop.cascade && "CASCADE",
  ]);
