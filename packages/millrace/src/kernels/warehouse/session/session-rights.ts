import type { BoundStatement, RelationUse } from "../../../sql/redshift/bind/name-space.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { Action, AuthorizationContext, Authorizer } from "../authorizer-port.ts";
import type { CatalogView } from "../catalog/catalog-view.ts";
import type { CatalogRecord, RelationRecord, SchemaRecord } from "../catalog/records.ts";
import type { LeaderSnapshot } from "../cluster/leader.ts";
import type { Transaction } from "../transaction/transaction.ts";
import type { SessionHost } from "./session-host.ts";
import type { SessionUsers } from "./session-parts.ts";

/** What one statement of a session may do, asked of the warehouse's authorizer. @throws SqlError 42501 */
export class SessionRights {
  readonly #host: SessionHost;
  readonly #users: SessionUsers;
  readonly #transaction: Transaction;

  constructor(host: SessionHost, users: SessionUsers, transaction: Transaction) {
    this.#host = host;
    this.#users = users;
    this.#transaction = transaction;
  }

  check(bound: BoundStatement): void {
    this.#check(bound, this.#context());
  }

  checkUses(uses: readonly RelationUse[]): void {
    this.#authorizer.check(uses, this.#context());
  }

  /** Whoever refreshes a view, its rows are what its owner may read. */
  checkAsOwner(bound: BoundStatement, { ownerId, name }: RelationRecord): void {
    const context = this.#contextOf(ownerId);
    if (context === undefined) throw new SqlError("42501", `permission denied for relation ${name}`);
    this.#check(bound, context);
  }

  demand(action: Action): void {
    this.#authorizer.demand(action, this.#context());
  }

  /** @param ownerId of the late-binding view whose definition names the schema; else the session's user */
  useSchema(schema: SchemaRecord, ownerId: number | undefined): void {
    const context = ownerId === undefined ? this.#context() : this.#contextOf(ownerId);
    if (context === undefined) throw new SqlError("42501", `permission denied for schema ${schema.name}`);
    this.#authorizer.demand({ kind: "use schema", schema }, context);
  }

  /** Those of a search path that are not there or may be used: the others are not searched. */
  usableSchemas(searchPath: readonly string[]): readonly string[] {
    return searchPath.filter((name) => {
      const schema = this.#catalog.schema(name);
      return schema === undefined || schema === this.#catalog.temporarySchema || this.#mayUse(schema);
    });
  }

  get #authorizer(): Authorizer {
    return this.#host.authorizer;
  }

  get #catalog(): CatalogView {
    return this.#transaction.catalog;
  }

  get #leader(): LeaderSnapshot {
    return this.#transaction.leader;
  }

  #mayUse(schema: SchemaRecord): boolean {
    try {
      this.useSchema(schema, undefined);
      return true;
    } catch (error) {
      if (error instanceof SqlError && error.sqlState === "42501") return false;
      throw error;
    }
  }

  #check(bound: BoundStatement, context: AuthorizationContext): void {
    this.#authorizer.check(bound.uses, context);
    if (bound.userFunctions.length === 0) return;
    const functionOids = bound.userFunctions.map(({ oid }) => oid);
    this.#authorizer.demand({ kind: "execute", functionOids }, context);
  }

  #context(): AuthorizationContext {
    const transaction = this.#transaction;
    const { catalog, leader } = transaction;
    const { current: user, database, extraGroupIds } = this.#users;
    return {
      user,
      extraGroupIds,
      database: leader.databases.get(database.oid) ?? database,
      catalog,
      leader,
      newest: <T extends CatalogRecord>(record: T): T => {
        if (catalog.changes.has(record.oid)) return record;
        // A record of an OID never changes its kind.
        return (transaction.database.catalog.record(record.oid) as T | undefined) ?? record;
      },
      otherCatalog: (name) => this.#host.openDatabase(leader.database(name)?.oid ?? 0)?.catalog,
    };
  }

  /** Undefined for a user who was dropped. */
  #contextOf(userId: number): AuthorizationContext | undefined {
    const own = this.#context();
    if (userId === own.user.id) return own;
    const user = this.#leader.users.get(userId);
    return user === undefined ? undefined : { ...own, user, extraGroupIds: [] };
  }
}
