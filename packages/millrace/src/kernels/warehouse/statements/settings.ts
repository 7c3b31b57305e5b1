import type { ResetVariable, SetVariable, ShowVariable } from "../../../sql/redshift/ast/transaction.ts";
import { tagResult, textColumn, textResult } from "../session/results.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";

export const setVariable: StatementKind<SetVariable> = Object.freeze({
  category: "utility",
  run: async (ast, context) => {
    const { name, local, value } = ast;
    // What a transaction may do is its own; what follows it is not touched.
    const values = value.kind === "default" ? undefined : value.values.map(({ text }) => text);
    const now = context.settings.set(name, values, local);
    if (name === "transaction_read_only") context.transaction.readOnly = now === "on";
    await context.applySetting(name, now);
    return tagResult("SET");
  },
} satisfies StatementKind<SetVariable>);

export const resetVariable: StatementKind<ResetVariable> = Object.freeze({
  category: "utility",
  run: async ({ name }, context) => {
    if (name === undefined) await resetAll(context);
    else await context.applySetting(name, context.settings.set(name, undefined, false));
    return tagResult("RESET");
  },
} satisfies StatementKind<ResetVariable>);

async function resetAll(context: StatementContext): Promise<void> {
  const { settings } = context;
  const before = new Map(settings.names().map((name) => [name, settings.get(name)]));
  settings.resetAll();
  for (const [name, value] of before) {
    const now = settings.get(name) ?? "";
    if (now !== value) await context.applySetting(name, now);
  }
}

const allColumns = [textColumn("name"), textColumn("setting"), textColumn("description")] as const;

export const showVariable: StatementKind<ShowVariable> = Object.freeze({
  category: "utility",
  columns: async ({ name }) => (name === undefined ? allColumns : [textColumn(columnName(name))]),
  run: async ({ name }, { settings, systemView }) => {
    if (name !== undefined)
      return textResult([textColumn(columnName(name))], [[settings.show(name)]], "SHOW");
    const rows = systemView.settings.map((fact) => [fact.name, fact.value, fact.description]);
    return textResult(allColumns, rows, "SHOW");
  },
} satisfies StatementKind<ShowVariable>);

/** As PostgreSQL writes it. */
function columnName(name: string): string {
  if (name === "timezone") return "TimeZone";
  return name === "datestyle" ? "DateStyle" : name;
}
