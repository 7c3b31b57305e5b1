import type { Span } from "../../position.ts";
import type { QualifiedName } from "../ast/name.ts";
import type { CatalogObject, ObjectPath } from "../catalog/catalog-object.ts";
import { invalid } from "./bind-error.ts";
import type { ProgramSession } from "./program-session.ts";

interface Creation {
  readonly span: Span;
  readonly name: QualifiedName;
  readonly temporary: boolean;
  readonly ifNotExists: boolean;
  readonly orReplace: boolean;
}

/** Whether there is something to do. @throws SqlError when the name is taken, or its database is not there */
export function canCreate(
  node: Creation,
  path: ObjectPath,
  what: CatalogObject["kind"],
  session: ProgramSession,
): boolean {
  const { catalogs } = session;
  const [catalog, database, name] = path;
  const at = node.name.span.start;
  if (!catalogs.hasCatalog(catalog)) throw invalid(`catalog '${catalog}' does not exist`, at, "3F000");
  if (!catalogs.hasDatabase(catalog, database)) {
    throw invalid(`database '${database}' does not exist in catalog '${catalog}'`, at, "3F000");
  }
  if (name === "") throw invalid(`a ${what} needs a name`, at, "42602");
  const before = node.temporary ? catalogs.findTemporary(path) : catalogs.findPermanent(path);
  if (before === undefined) return true;
  if (node.ifNotExists) return false;
  if (node.orReplace && before.kind === what) return true;
  const temporary = node.temporary ? "temporary " : "";
  throw invalid(`the ${temporary}${before.kind} '${path.join(".")}' already exists`, at, "42P07");
}
