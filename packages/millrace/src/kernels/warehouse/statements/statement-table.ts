import type { Statement } from "../../../sql/redshift/ast/statement.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { ResultColumn, StatementResult } from "../sql-session.ts";
import type { StatementCategory } from "../system/system-view.ts";
import { alterDefaultPrivileges } from "./alter-default-privileges.ts";
import { alterRoutine } from "./alter-routine.ts";
import { alterTable } from "./alter-table.ts";
import { alterTableAppend } from "./alter-table-append.ts";
import { analyze } from "./analyze.ts";
import { analyzeCompression } from "./analyze-compression.ts";
import { comment } from "./comment.ts";
import { copy } from "./copy.ts";
import { alterExternalSchema, createExternalSchema } from "./create-external-schema.ts";
import { createExternalTable } from "./create-external-table.ts";
import { createTable } from "./create-table.ts";
import { createTableAs } from "./create-table-as.ts";
import { createView } from "./create-view.ts";
import { closeCursor, declareCursor, fetch } from "./cursors.ts";
import { alterDatabase, createDatabase } from "./databases.ts";
import { drop } from "./drop.ts";
import { explain } from "./explain.ts";
import { createFunction } from "./functions.ts";
import { grant, revoke } from "./grant.ts";
import { grantAssumeRole, revokeAssumeRole } from "./grant-assume-role.ts";
import { grantRole, revokeRole } from "./grant-role.ts";
import { grantSystemPrivileges, revokeSystemPrivileges } from "./grant-system-privileges.ts";
import { alterGroup, createGroup } from "./groups.ts";
import { cancel, lock } from "./locks.ts";
import {
  alterMaterializedView,
  createMaterializedView,
  refreshMaterializedView,
} from "./materialized-views.ts";
import { deallocate, execute, prepare } from "./prepared-statements.ts";
import { alterRole, createRole } from "./roles.ts";
import { alterSchema, createSchema } from "./schemas.ts";
import { setSessionAuthorization } from "./session-authorization.ts";
import { resetVariable, setVariable, showVariable } from "./settings.ts";
import { showKinds } from "./show-kinds.ts";
import type { StatementContext, StatementKind, StatementPlace } from "./statement-context.ts";
import { begin, commit, rollback, setTransaction } from "./transactions.ts";
import { truncate } from "./truncate.ts";
import { unload } from "./unload.ts";
import { alterUser, createUser } from "./users.ts";
import { vacuum } from "./vacuum.ts";

type Kind = Statement["kind"];
type Table = { readonly [K in Kind]?: StatementKind<Extract<Statement, { readonly kind: K }>> };

/** How each kind of statement is run, but for those that the engine runs as a whole. */
const table: Table = Object.freeze({
  "alter-database": alterDatabase,
  "alter-default-privileges": alterDefaultPrivileges,
  "alter-external-schema": alterExternalSchema,
  "alter-group": alterGroup,
  "alter-materialized-view": alterMaterializedView,
  "alter-routine": alterRoutine,
  "alter-role": alterRole,
  "alter-schema": alterSchema,
  "alter-table": alterTable,
  "alter-table-append": alterTableAppend,
  "alter-user": alterUser,
  analyze,
  "analyze-compression": analyzeCompression,
  begin,
  cancel,
  "close-cursor": closeCursor,
  comment,
  commit,
  copy,
  "create-database": createDatabase,
  "create-external-schema": createExternalSchema,
  "create-external-table": createExternalTable,
  "create-function": createFunction,
  "create-group": createGroup,
  "create-materialized-view": createMaterializedView,
  "create-role": createRole,
  "create-schema": createSchema,
  "create-table": createTable,
  "create-table-as": createTableAs,
  "create-user": createUser,
  "create-view": createView,
  deallocate,
  "declare-cursor": declareCursor,
  drop,
  execute,
  explain,
  fetch,
  grant,
  "grant-assume-role": grantAssumeRole,
  "grant-role": grantRole,
  "grant-system-privileges": grantSystemPrivileges,
  lock,
  prepare,
  "refresh-materialized-view": refreshMaterializedView,
  "reset-variable": resetVariable,
  revoke,
  "revoke-assume-role": revokeAssumeRole,
  "revoke-role": revokeRole,
  "revoke-system-privileges": revokeSystemPrivileges,
  rollback,
  "set-session-authorization": setSessionAuthorization,
  "set-transaction": setTransaction,
  "set-variable": setVariable,
  "show-variable": showVariable,
  truncate,
  unload,
  vacuum,
  ...showKinds,
} satisfies Table);

/** A kind of statement, bound to one. */
export interface BoundKind {
  /** As errors call it: `CREATE DATABASE`. */
  readonly name: string;
  readonly place: StatementPlace;
  readonly category: StatementCategory;
  readonly parameterCount: number;
  columns(context: StatementContext): Promise<readonly ResultColumn[] | undefined>;
  run(context: StatementContext, parameters: readonly (string | null)[]): Promise<StatementResult>;
}

/** A statement that nothing runs is refused by its name when it is run. */
export function kindOf(ast: Statement): BoundKind {
  const name = nameOf(ast);
  // The table's entry of a kind takes statements of that kind.
  const kind = table[selectInto(ast)] as StatementKind<Statement> | undefined;
  const refuse = (): Promise<never> =>
    Promise.reject(
      new SqlError("0A000", ast.kind === "unsupported" ? ast.message : `${name} is not supported`),
    );
  return {
    name,
    place: kind?.place?.(ast) ?? "transaction",
    category: kind?.category ?? "utility",
    parameterCount: kind?.parameterCount?.(ast) ?? 0,
    columns: async (context) => kind?.columns?.(ast, context),
    run: (context, parameters) => kind?.run(ast, context, parameters) ?? refuse(),
  };
}

/** A query that is not run as a whole is SELECT ... INTO, which is a CREATE TABLE AS. */
function selectInto({ kind }: Statement): Kind {
  return kind === "query" ? "create-table-as" : kind;
}

function nameOf(ast: Statement): string {
  if (ast.kind === "drop") return `DROP ${ast.objectType.toUpperCase()}`;
  return ast.kind.replaceAll("-", " ").toUpperCase();
}
