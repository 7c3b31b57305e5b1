import type { AlterObject, CreateCatalog, CreateDatabase, Drop } from "../ast/catalog-object.ts";
import type { QualifiedName } from "../ast/name.ts";
import type { Use } from "../ast/session.ts";
import { defaultDatabase } from "../catalog/catalogs.ts";
import { elsewhere, invalid, proposal } from "./bind-error.ts";
import { dotted, type ProgramSession } from "./program-session.ts";
import { optionRecord } from "./table-schema.ts";

const maxCatalogs = 100;

/** CREATE CATALOG: in memory, or one that outlives the program. */
export async function createCatalog(node: CreateCatalog, session: ProgramSession): Promise<void> {
  const { catalogs } = session;
  const at = node.name.span.start;
  const name = node.name.name;
  if (catalogs.hasCatalog(name)) {
    if (node.ifNotExists) return;
    throw invalid(`catalog '${name}' already exists`, at, "42P06");
  }
  if (catalogs.catalogNames().length >= maxCatalogs) {
    throw invalid(`a program has at most ${maxCatalogs} catalogs`, at, "54000");
  }
  const options = optionRecord(node.options);
  const type = options["type"];
  const database = options["default-database"];
  if (type === "generic_in_memory") {
    const unknown = Object.keys(options).find((key) => key !== "type" && key !== "default-database");
    if (unknown !== undefined) {
      throw invalid(`a catalog of the type generic_in_memory has no option '${unknown}'`, at);
    }
    catalogs.addCatalog(name, type, options, node.comment, database ?? "default", undefined);
  } else if (type === "glue") {
    const port = session.options.catalogs;
    if (port === undefined) throw invalid("there is no Glue Data Catalog here", at);
    const external = await port.open(type, options);
    catalogs.addCatalog(name, type, options, node.comment, database, external);
  } else if (type === undefined) {
    throw invalid("CREATE CATALOG needs the option 'type'", at);
  } else {
    throw elsewhere(`a catalog of the type '${type}' (there are generic_in_memory and glue)`, at);
  }
}

export function createDatabase(node: CreateDatabase, session: ProgramSession): void {
  const { catalogs } = session;
  const [catalog, database] = databasePath(node.name, session);
  if (catalogs.hasDatabase(catalog, database)) {
    if (node.ifNotExists) return;
    throw invalid(`database '${catalog}.${database}' already exists`, node.name.span.start, "42P04");
  }
  catalogs.addDatabase(catalog, database);
}

/** Catalog and database of one or two parts. @throws SqlError when there is no such catalog */
function databasePath(name: QualifiedName, session: ProgramSession): [string, string] {
  const { catalogs } = session;
  const parts = name.parts.map((part) => part.name);
  if (parts.length > 2) throw invalid(`'${dotted(name)}' is no name of a database`, name.span.start, "42602");
  const catalog = parts.at(-2) ?? catalogs.currentCatalog;
  if (!catalogs.hasCatalog(catalog)) {
    const near = proposal(catalog, catalogs.catalogNames());
    throw invalid(`catalog '${catalog}' does not exist${near}`, name.span.start, "3F000");
  }
  return [catalog, parts.at(-1) ?? ""];
}

/** The same of a database that must be there. */
export function existingDatabase(name: QualifiedName, session: ProgramSession): [string, string] {
  const [catalog, database] = databasePath(name, session);
  if (!session.catalogs.hasDatabase(catalog, database)) {
    const near = proposal(database, session.catalogs.databaseNames(catalog));
    throw invalid(
      `database '${database}' does not exist in catalog '${catalog}'${near}`,
      name.span.start,
      "3F000",
    );
  }
  return [catalog, database];
}

export function use(node: Use, session: ProgramSession): void {
  const { catalogs } = session;
  switch (node.what) {
    case "database": {
      const [catalog, database] = existingDatabase(node.name, session);
      catalogs.currentCatalog = catalog;
      catalogs.currentDatabase = database;
      return;
    }
    case "catalog": {
      const name = node.name.name;
      if (!catalogs.hasCatalog(name)) {
        const near = proposal(name, catalogs.catalogNames());
        throw invalid(`catalog '${name}' does not exist${near}`, node.name.span.start, "3F000");
      }
      catalogs.currentCatalog = name;
      const { type, options } = catalogs.catalog(name);
      const usual =
        type === "generic_in_memory" && options["type"] === undefined ? defaultDatabase : "default";
      catalogs.currentDatabase = options["default-database"] ?? usual;
      return;
    }
    case "modules": {
      const other = node.names.find((name) => name.name !== "core");
      if (other !== undefined) throw elsewhere(`the module '${other.name}'`, other.span.start);
    }
  }
}

/** DROP CATALOG and DROP DATABASE. */
export function dropCatalogOrDatabase(node: Drop, session: ProgramSession): void {
  const { catalogs } = session;
  const at = node.name.span.start;
  if (node.target === "catalog") {
    const name = dotted(node.name);
    if (!catalogs.hasCatalog(name)) {
      if (node.ifExists) return;
      throw invalid(`catalog '${name}' does not exist`, at, "3F000");
    }
    if (name === catalogs.currentCatalog)
      throw invalid("cannot drop a catalog which is currently in use", at);
    catalogs.dropCatalog(name);
    return;
  }
  const [catalog, database] = databasePath(node.name, session);
  if (!catalogs.hasDatabase(catalog, database)) {
    if (node.ifExists) return;
    throw invalid(`database '${database}' does not exist in catalog '${catalog}'`, at, "3F000");
  }
  if (catalog === catalogs.currentCatalog && database === catalogs.currentDatabase) {
    throw invalid("cannot drop a database which is currently in use", at);
  }
  const [first] = catalogs.objectNames(catalog, database);
  if (first !== undefined && !node.cascade) {
    throw invalid(`database '${database}' is not empty ('${first}'): say CASCADE`, at, "2BP01");
  }
  catalogs.dropDatabase(catalog, database);
}

export function alterObject(node: AlterObject, session: ProgramSession): void {
  if (node.object === "database" && node.action.kind === "set") {
    existingDatabase(node.name, session);
    session.warnings.push(`the properties of database '${dotted(node.name)}' are of no use to anything`);
    return;
  }
  throw elsewhere(`ALTER ${node.object.toUpperCase()}`, node.span.start);
}
