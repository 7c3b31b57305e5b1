import type { AssumeRoleCommand } from "../../sql/redshift/ast/security.ts";
import type { RelationUse } from "../../sql/redshift/bind/name-space.ts";
import type { CatalogSnapshot } from "./catalog/catalog-snapshot.ts";
import type { CatalogView } from "./catalog/catalog-view.ts";
import type {
  CatalogRecord,
  FunctionRecord,
  Privilege,
  RelationRecord,
  SchemaRecord,
} from "./catalog/records.ts";
import type { LeaderSnapshot } from "./cluster/leader.ts";
import type { DatabaseRecord, RoleRecord, UserRecord } from "./leader-records.ts";

/** Who asks, and what the catalog and the leader's records say at that moment. */
export interface AuthorizationContext {
  readonly user: UserRecord;
  /** Groups beyond those of the records: of a temporary login. */
  readonly extraGroupIds: readonly number[];
  readonly database: DatabaseRecord;
  readonly catalog: CatalogView;
  readonly leader: LeaderSnapshot;
  /**
   * A record as it is committed now, where the transaction has not changed it: what was revoked counts at once,
   * in transactions that began before too.
   */
  readonly newest: <T extends CatalogRecord>(record: T) => T;
  /** The catalog of another database of the cluster that a statement has named. */
  readonly otherCatalog: (database: string) => CatalogSnapshot | undefined;
}

/** What is made in a schema; each may be allowed everywhere by a privilege of a role. */
export type CreatedObject = "table" | "view" | "function" | "procedure";

/** What a statement is about to do, apart from reading and changing rows of what was bound. */
export type Action =
  | { readonly kind: "create in schema"; readonly schema: SchemaRecord; readonly object: CreatedObject }
  | { readonly kind: "use schema"; readonly schema: SchemaRecord }
  /** To name an object of it in a statement that reads no rows. */
  | { readonly kind: "name in schema"; readonly schema: SchemaRecord }
  | {
      readonly kind: "create schema" | "create temporary table";
      readonly database: DatabaseRecord;
    }
  /** ALTER, COMMENT, REFRESH, DROP: the owner's, or who was granted the privilege. */
  | {
      readonly kind: "own relation";
      readonly relation: RelationRecord;
      readonly privilege?: "alter" | "drop";
    }
  | { readonly kind: "own schema"; readonly schema: SchemaRecord; readonly privilege?: "drop" }
  | {
      readonly kind: "own function";
      readonly function: FunctionRecord;
      readonly privilege?: "drop" | "replace";
    }
  | { readonly kind: "own database"; readonly database: DatabaseRecord }
  | {
      readonly kind: "truncate" | "lock" | "reference" | "vacuum" | "analyze";
      readonly relation: RelationRecord;
    }
  /** Rows of a table by other ways than a bound statement: COPY. */
  | {
      readonly kind: "privilege";
      readonly relation: RelationRecord;
      readonly privilege: Privilege;
      readonly columns?: readonly string[];
    }
  /** OWNER TO somebody else. */
  | { readonly kind: "give away"; readonly newOwner: UserRecord }
  | { readonly kind: "create database" }
  | { readonly kind: "create role" }
  | { readonly kind: "cancel others" }
  | { readonly kind: "create user" | "alter user" | "drop user" }
  /** CREATE, ALTER and DROP GROUP, as the error calls it: `create groups`. */
  | { readonly kind: "manage groups"; readonly verb: "create" | "alter" | "drop" }
  /** @param to what only superusers do: `create superusers` */
  | { readonly kind: "superuser"; readonly to: string }
  | { readonly kind: "own role"; readonly role: RoleRecord; readonly privilege?: "drop" | "grant" }
  | { readonly kind: "use language"; readonly language: string }
  | { readonly kind: "default privileges"; readonly owner: UserRecord }
  /** A chain of IAM roles as written, with commas between them; `default`. */
  | { readonly kind: "assume role"; readonly roles: string; readonly command: AssumeRoleCommand }
  | { readonly kind: "execute"; readonly functionOids: readonly number[] };

/**
 * Decides what users may do. It is asked for every statement and object; superusers are asked for as well, and
 * pass. @throws SqlError 42501, in Redshift's words
 */
export interface Authorizer {
  check(uses: readonly RelationUse[], context: AuthorizationContext): void;
  demand(action: Action, context: AuthorizationContext): void;
}
