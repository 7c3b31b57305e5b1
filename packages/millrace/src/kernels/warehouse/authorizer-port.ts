import type { RelationUse } from "../../sql/redshift/bind/name-space.ts";
import type { CatalogView } from "./catalog/catalog-view.ts";
import type { FunctionRecord, Privilege, RelationRecord, SchemaRecord } from "./catalog/records.ts";
import type { LeaderSnapshot } from "./cluster/leader.ts";
import type { DatabaseRecord, UserRecord } from "./leader-records.ts";

/** Who asks, and what the catalog and the leader's records say at that moment. */
export interface AuthorizationContext {
  readonly user: UserRecord;
  /** Groups beyond those of the records: of a temporary login. */
  readonly extraGroupIds: readonly number[];
  readonly database: DatabaseRecord;
  readonly catalog: CatalogView;
  readonly leader: LeaderSnapshot;
}

/** What a statement is about to do, apart from reading and changing rows. */
export type Action =
  | { readonly kind: "create in schema"; readonly schema: SchemaRecord }
  | { readonly kind: "use schema"; readonly schema: SchemaRecord }
  | {
      readonly kind: "create schema" | "create temporary table" | "connect";
      readonly database: DatabaseRecord;
    }
  /** ALTER, COMMENT, REFRESH, DROP: the owner's. */
  | { readonly kind: "own relation"; readonly relation: RelationRecord; readonly privilege?: Privilege }
  | { readonly kind: "own schema"; readonly schema: SchemaRecord }
  | { readonly kind: "own function"; readonly function: FunctionRecord }
  | { readonly kind: "own database"; readonly database: DatabaseRecord }
  | { readonly kind: "truncate" | "lock"; readonly relation: RelationRecord }
  | { readonly kind: "reference"; readonly relation: RelationRecord }
  /** OWNER TO somebody else. */
  | { readonly kind: "give away"; readonly newOwner: UserRecord }
  | { readonly kind: "create database" | "create user" | "manage users" | "superuser" }
  | { readonly kind: "execute"; readonly functionOids: readonly number[] };

/**
 * Decides what users may do. It is asked for every statement and object; superusers are asked for as well, and
 * pass. @throws SqlError 42501, in AWS's words
 */
export interface Authorizer {
  check(uses: readonly RelationUse[], context: AuthorizationContext): void;
  demand(action: Action, context: AuthorizationContext): void;
}

/** Lets everybody do everything: what a warehouse has until it is given another one. */
export const everythingAllowed: Authorizer = Object.freeze({ check: (): void => {}, demand: (): void => {} });
