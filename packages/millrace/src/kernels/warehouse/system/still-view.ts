import type { SystemView } from "./system-view.ts";

/**
 * A view whose records are gathered once: rows are made in loops over the catalog, and a view may make it anew
 * each time it is asked.
 */
export function stillView(view: SystemView): SystemView {
  return {
    nowMs: view.nowMs,
    session: view.session,
    cluster: view.cluster,
    leader: view.leader,
    catalog: view.catalog,
    settings: view.settings,
    catalogOf: (database) => view.catalogOf(database),
    storage: (relations) => view.storage(relations),
    lateBindingColumns: (relation) => view.lateBindingColumns(relation),
    external: view.external,
    sessions: () => view.sessions(),
    statements: () => view.statements(),
    transactions: () => view.transactions(),
    logs: view.logs,
    builtInFunctions: view.builtInFunctions,
    systemTables: view.systemTables,
  };
}
