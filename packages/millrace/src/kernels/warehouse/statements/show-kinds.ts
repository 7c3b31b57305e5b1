import type { Show } from "../../../sql/redshift/ast/show.ts";
import { textResult } from "../session/results.ts";
import { rowTexts } from "../system/row-texts.ts";
import type { ShowCommand } from "../system/show/show-command.ts";
import { showConstraints } from "../system/show/show-constraints.ts";
import { showExternalTable, showTable, showView } from "../system/show/show-definitions.ts";
import { showColumnGrants, showGrants } from "../system/show/show-grants.ts";
import { showColumns, showDatabases, showSchemas, showTables } from "../system/show/show-objects.ts";
import { showParameters, showRoutines } from "../system/show/show-routines.ts";
import { stillView } from "../system/still-view.ts";
import type { StatementKind } from "./statement-context.ts";

/** Runs a command that answers from the catalog. */
function shown<S extends Show>(command: ShowCommand<S>): StatementKind<S> {
  return Object.freeze({
    category: "utility",
    columns: async (ast) => command.columns(ast).map(({ name, type }) => ({ name, type })),
    parameterCount,
    run: async (ast, { systemView }, parameters) => {
      const view = stillView(systemView);
      const columns = command.columns(ast);
      const rows = await command.rows(ast, { view, parameters });
      return textResult(
        columns.map(({ name, type }) => ({ name, type })),
        rowTexts(columns, rows),
        "SHOW",
      );
    },
  } satisfies StatementKind<S>);
}

/** The highest `$n` in a statement. */
function parameterCount(node: unknown): number {
  if (typeof node !== "object" || node === null) return 0;
  const own = "kind" in node && node.kind === "parameter" && "index" in node ? Number(node.index) : 0;
  return Object.values(node).reduce((most: number, child) => Math.max(most, parameterCount(child)), own);
}

type ShowKinds = { readonly [K in Show["kind"]]?: StatementKind<Extract<Show, { readonly kind: K }>> };

/** SHOW of objects. Procedures, models, data shares and policies come with the parts that make them. */
export const showKinds: ShowKinds = Object.freeze({
  "show-column-grants": shown(showColumnGrants),
  "show-columns": shown(showColumns),
  "show-constraints": shown(showConstraints),
  "show-databases": shown(showDatabases),
  "show-external-table": shown(showExternalTable),
  "show-grants": shown(showGrants),
  "show-parameters": shown(showParameters),
  "show-routines": shown(showRoutines),
  "show-schemas": shown(showSchemas),
  "show-table": shown(showTable),
  "show-tables": shown(showTables),
  "show-view": shown(showView),
});
