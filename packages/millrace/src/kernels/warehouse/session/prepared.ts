import type { Statement } from "../../../sql/redshift/ast/statement.ts";
import type { SqlType } from "../../../sql/redshift/types.ts";
import type { PreparedStatement } from "../sql-session.ts";
import type { DataStatement } from "../statements/statement-context.ts";
import type { Plan } from "./planner.ts";

/** What `prepare` gives for a query or a change of data. */
export interface SessionPrepared extends PreparedStatement {
  readonly givenTypes: readonly (SqlType | undefined)[];
  /** Made anew when it no longer holds. */
  readonly plan: Plan;
}

/** Whether the engine runs it as a whole. SELECT ... INTO makes a table. */
export function isData(ast: Statement): ast is DataStatement {
  if (ast.kind === "query") return intoOf(ast) === undefined;
  return ast.kind === "insert" || ast.kind === "update" || ast.kind === "delete" || ast.kind === "merge";
}

/** The INTO of a query's first SELECT. */
export function intoOf(query: Extract<Statement, { kind: "query" }>): SelectInto | undefined {
  let { body } = query;
  while (body.kind === "set-operation") body = body.left;
  return body.kind === "select" ? body.into : undefined;
}

type SelectInto = NonNullable<
  Extract<Extract<Statement, { kind: "query" }>["body"], { kind: "select" }>["into"]
>;

/** What a failed block still takes. */
export function isEnd(ast: Statement): boolean {
  return ast.kind === "commit" || ast.kind === "rollback";
}
