import type { Unload } from "../../../sql/redshift/ast/unload.ts";
import { runUnload } from "../unload/run-unload.ts";
import type { StatementKind } from "./statement-context.ts";

export const unload: StatementKind<Unload> = Object.freeze({
  category: "utility",
  run: (ast, context) => runUnload(ast, context),
} satisfies StatementKind<Unload>);
