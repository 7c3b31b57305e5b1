import type { AlterView, CreateView } from "../ast/catalog-object.ts";
import type { CatalogView } from "../catalog/catalog-object.ts";
import { invalid } from "./bind-error.ts";
import { canCreate } from "./create-check.ts";
import { dotted, type ProgramSession } from "./program-session.ts";

/** CREATE VIEW: the query is bound once, to see that it can be. */
export function createView(node: CreateView, text: string, session: ProgramSession): void {
  const path = session.path(node.name);
  if (!canCreate(node, path, "view", session)) return;
  const columns = node.columns.map((column) => column.name.name);
  const double = node.columns.find((column, index) => columns.indexOf(column.name.name) !== index);
  if (double !== undefined) {
    throw invalid(`the column '${double.name.name}' is there twice`, double.name.span.start, "42701");
  }
  const { catalogs } = session;
  const view: CatalogView = {
    kind: "view",
    isTemporary: node.temporary,
    path,
    query: node.query,
    statementText: text,
    text: node.text,
    columns,
    comment: node.comment,
    catalog: catalogs.currentCatalog,
    database: catalogs.currentDatabase,
  };
  session.bindView(view);
  catalogs.put(path, view);
}

/** ALTER VIEW ... RENAME TO, ALTER VIEW ... AS. */
export function alterView(node: AlterView, text: string, session: ProgramSession): void {
  const view = session.object(node.name);
  if (view.kind !== "view") {
    throw invalid(`'${dotted(node.name)}' is a table: say ALTER TABLE`, node.name.span.start, "42809");
  }
  const { catalogs } = session;
  if (node.action.kind === "as") {
    const changed: CatalogView = {
      ...view,
      query: node.action.query,
      statementText: text,
      text: node.action.text,
      columns: [],
      catalog: catalogs.currentCatalog,
      database: catalogs.currentDatabase,
    };
    session.bindView(changed);
    catalogs.put(view.path, changed);
    return;
  }
  const path = session.path(node.action.newName);
  const target = { name: node.action.newName, span: node.span, temporary: view.isTemporary };
  canCreate({ ...target, ifNotExists: false, orReplace: false }, path, "view", session);
  catalogs.remove(view.path, view.isTemporary);
  catalogs.put(path, { ...view, path });
}
