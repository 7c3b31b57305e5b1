import type { Span } from "../../position.ts";
import type * as admin from "./admin.ts";
import type * as alterTable from "./alter-table.ts";
import type { Copy } from "./copy.ts";
import type * as cursor from "./cursor.ts";
import type { Delete, Insert, Merge, Update } from "./dml.ts";
import type { CreateExternalTable } from "./external.ts";
import type { Query } from "./query.ts";
import type * as routine from "./routine.ts";
import type * as schema from "./schema.ts";
import type * as security from "./security.ts";
import type { Show } from "./show.ts";
import type { CreateTable, CreateTableAs } from "./table.ts";
import type * as transaction from "./transaction.ts";
import type { Unload } from "./unload.ts";
import type * as user from "./user.ts";
import type * as view from "./view.ts";

/** Every statement that the parser makes, told apart by `kind`. */
export type Statement =
  | Query
  | Insert
  | Update
  | Delete
  | Merge
  | DefinitionStatement
  | DataStatement
  | AdminStatement
  | SecurityStatement
  | SessionStatement
  | Show
  | admin.Unsupported;

/** Statements that make, change and drop objects of a database. */
export type DefinitionStatement =
  | CreateTable
  | CreateTableAs
  | CreateExternalTable
  | alterTable.AlterTable
  | alterTable.AlterTableAppend
  | view.CreateView
  | view.CreateMaterializedView
  | view.RefreshMaterializedView
  | view.AlterMaterializedView
  | schema.CreateSchema
  | schema.AlterSchema
  | schema.CreateExternalSchema
  | schema.AlterExternalSchema
  | schema.CreateDatabase
  | schema.AlterDatabase
  | routine.CreateFunction
  | routine.CreateProcedure
  | routine.AlterRoutine
  | admin.Drop
  | admin.Comment;

/** Statements that move or empty data, and calls. */
export type DataStatement = Copy | Unload | admin.Truncate | routine.CallProcedure;

export type AdminStatement =
  | admin.Vacuum
  | admin.Analyze
  | admin.AnalyzeCompression
  | admin.Lock
  | admin.Cancel
  | Explain;

export type SecurityStatement =
  | user.CreateUser
  | user.AlterUser
  | user.CreateGroup
  | user.AlterGroup
  | user.CreateRole
  | user.AlterRole
  | security.Grant
  | security.Revoke
  | security.GrantRole
  | security.RevokeRole
  | security.GrantSystemPrivileges
  | security.RevokeSystemPrivileges
  | security.AlterDefaultPrivileges
  | security.GrantAssumeRole
  | security.RevokeAssumeRole;

/** Transactions, settings, cursors and prepared statements of a session. */
export type SessionStatement =
  | transaction.Begin
  | transaction.Commit
  | transaction.Rollback
  | transaction.SetVariable
  | transaction.ResetVariable
  | transaction.ShowVariable
  | transaction.SetSessionAuthorization
  | transaction.SetTransaction
  | cursor.DeclareCursor
  | cursor.Fetch
  | cursor.CloseCursor
  | cursor.Prepare
  | cursor.Execute
  | cursor.Deallocate;

/** EXPLAIN [VERBOSE] of a query, or of what changes or creates data by one. */
export interface Explain {
  readonly kind: "explain";
  readonly verbose: boolean;
  readonly statement: Query | Insert | Update | Delete | Merge | CreateTableAs | view.CreateMaterializedView;
  readonly span: Span;
}
