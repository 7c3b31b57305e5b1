import type { Database } from "../cluster/database.ts";
import type { EngineConnection } from "../engine/engine-connection.ts";
import type { DatabaseRecord, UserRecord } from "../leader-records.ts";
import type { SessionScans } from "../spectrum/session-scans.ts";
import type { SessionEvents } from "../sql-session.ts";
import type { Cancellation } from "./cancellation.ts";
import type { Cursors } from "./cursors.ts";
import type { LastNumbers } from "./last-numbers.ts";
import type { Planner } from "./planner.ts";
import type { RelationCache } from "./relation-cache.ts";
import type { SessionHost } from "./session-host.ts";
import type { Settings } from "./settings.ts";
import type { SqlPrepared } from "./sql-prepared.ts";
import type { TemporarySchema } from "./temporary-schema.ts";
import type { TransactionBlock } from "./transaction-block.ts";

/** What a session consists of; made once, for as long as it lives. */
export interface SessionParts {
  readonly host: SessionHost;
  readonly processId: number;
  readonly connection: EngineConnection;
  readonly database: Database;
  readonly settings: Settings;
  readonly block: TransactionBlock;
  readonly planner: Planner;
  readonly cursors: Cursors;
  readonly preparedStatements: Map<string, SqlPrepared>;
  readonly temporary: TemporarySchema;
  readonly relations: RelationCache;
  readonly cancellation: Cancellation;
  readonly events: SessionEvents;
  readonly users: SessionUsers;
  readonly startedAtMs: number;
  readonly lastNumbers: LastNumbers;
  /** External tables that its statement reads. */
  readonly scans: SessionScans;
}

/** Who a session belongs to, and whose rights count. */
export class SessionUsers {
  readonly #host: SessionHost;
  readonly #loginId: number;
  readonly #databaseOid: number;
  readonly #extraGroupIds: readonly number[];
  #currentId: number;
  #login: UserRecord;
  #current: UserRecord;
  #database: DatabaseRecord;

  constructor(
    host: SessionHost,
    login: UserRecord,
    database: DatabaseRecord,
    extraGroupIds: readonly number[],
  ) {
    this.#host = host;
    this.#loginId = login.id;
    this.#currentId = login.id;
    this.#databaseOid = database.oid;
    this.#login = login;
    this.#current = login;
    this.#database = database;
    this.#extraGroupIds = extraGroupIds;
  }

  /** As it is now; a name without rights where it was dropped meanwhile. */
  get login(): UserRecord {
    this.#login = this.#host.leader.snapshot.users.get(this.#loginId) ?? withoutRights(this.#login);
    return this.#login;
  }

  get current(): UserRecord {
    this.#current = this.#host.leader.snapshot.users.get(this.#currentId) ?? withoutRights(this.#current);
    return this.#current;
  }

  get database(): DatabaseRecord {
    this.#database = this.#host.leader.snapshot.databases.get(this.#databaseOid) ?? this.#database;
    return this.#database;
  }

  /** Groups of a temporary login; they are not those of a user that the session acts as. */
  get extraGroupIds(): readonly number[] {
    return this.#currentId === this.#loginId ? this.#extraGroupIds : [];
  }

  switchTo(user: UserRecord): void {
    this.#currentId = user.id;
    this.#current = user;
  }
}

/** A session outlives its user's DROP, but no right of the user does. */
function withoutRights(user: UserRecord): UserRecord {
  if (!user.superuser && !user.createDatabase && user.roleIds.length === 0) return user;
  return { ...user, superuser: false, createDatabase: false, createUser: false, roleIds: [] };
}
