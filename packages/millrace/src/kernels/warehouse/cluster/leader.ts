import type { Change, Store } from "../../../core/store.ts";
import type {
  AssumeRoleRecord,
  DatabaseRecord,
  GroupRecord,
  RoleRecord,
  UserRecord,
} from "../leader-records.ts";
import { collections } from "./cluster-documents.ts";

interface Tables {
  readonly users: UserRecord;
  readonly groups: GroupRecord;
  readonly roles: RoleRecord;
  readonly databases: DatabaseRecord;
  readonly assumeRoles: AssumeRoleRecord;
}

type TableName = keyof Tables;

const tableNames: readonly TableName[] = ["users", "groups", "roles", "databases", "assumeRoles"];

/** A change of one of the leader's records; without `put` it is removed. */
export type LeaderChange = {
  [T in TableName]: { readonly table: T; readonly id: number; readonly put: Tables[T] | undefined };
}[TableName];

/** Immutable: users, groups, roles, databases and uses of IAM roles of a cluster at one moment. */
export class LeaderSnapshot {
  readonly users: ReadonlyMap<number, UserRecord>;
  readonly groups: ReadonlyMap<number, GroupRecord>;
  readonly roles: ReadonlyMap<number, RoleRecord>;
  readonly databases: ReadonlyMap<number, DatabaseRecord>;
  readonly assumeRoles: ReadonlyMap<number, AssumeRoleRecord>;
  readonly #userNames: ReadonlyMap<string, UserRecord>;
  readonly #databaseNames: ReadonlyMap<string, DatabaseRecord>;

  constructor(tables: {
    readonly users: ReadonlyMap<number, UserRecord>;
    readonly groups: ReadonlyMap<number, GroupRecord>;
    readonly roles: ReadonlyMap<number, RoleRecord>;
    readonly databases: ReadonlyMap<number, DatabaseRecord>;
    readonly assumeRoles: ReadonlyMap<number, AssumeRoleRecord>;
  }) {
    this.users = tables.users;
    this.groups = tables.groups;
    this.roles = tables.roles;
    this.databases = tables.databases;
    this.assumeRoles = tables.assumeRoles;
    this.#userNames = byName(this.users.values());
    this.#databaseNames = byName(this.databases.values());
  }

  user(name: string): UserRecord | undefined {
    return this.#userNames.get(name);
  }

  group(name: string): GroupRecord | undefined {
    return [...this.groups.values()].find((group) => group.name === name);
  }

  role(name: string): RoleRecord | undefined {
    return [...this.roles.values()].find((role) => role.name === name);
  }

  database(name: string): DatabaseRecord | undefined {
    return this.#databaseNames.get(name);
  }

  with(changes: readonly LeaderChange[]): LeaderSnapshot {
    const tables = {
      users: new Map(this.users),
      groups: new Map(this.groups),
      roles: new Map(this.roles),
      databases: new Map(this.databases),
      assumeRoles: new Map(this.assumeRoles),
    };
    for (const { table, id, put } of changes) {
      const records = tables[table] as Map<number, Tables[TableName]>;
      if (put === undefined) records.delete(id);
      else records.set(id, put);
    }
    return new LeaderSnapshot(tables);
  }
}

function byName<T extends { readonly name: string }>(records: Iterable<T>): ReadonlyMap<string, T> {
  return new Map([...records].map((record) => [record.name, record]));
}

/** OIDs that one document reserves at a time: what a crash wastes at most. */
const oidsPerReservation = 1_000;
export const firstUserOid = 100_000;

/** The leader's records of one cluster, and its numbers. */
export class Leader {
  readonly #store: Store;
  readonly #clusterId: string;
  #snapshot: LeaderSnapshot;
  #nextOid: number;
  /** OIDs below this are reserved in the store. */
  #reservedOid: number;

  constructor(store: Store, clusterId: string) {
    this.#store = store;
    this.#clusterId = clusterId;
    const of = <T>(table: TableName): ReadonlyMap<number, T> =>
      new Map(
        store
          .all<T>(table)
          .filter(([key]) => key.startsWith(`${clusterId}/`))
          .map(([key, record]) => [Number(key.slice(clusterId.length + 1)), record]),
      );
    this.#snapshot = new LeaderSnapshot({
      users: of("users"),
      groups: of("groups"),
      roles: of("roles"),
      databases: of("databases"),
      assumeRoles: of("assumeRoles"),
    });
    const reserved = store.all<number>(collections.numbers).find(([key]) => key === clusterId)?.[1];
    this.#nextOid = reserved ?? firstUserOid;
    this.#reservedOid = this.#nextOid;
  }

  get snapshot(): LeaderSnapshot {
    return this.#snapshot;
  }

  /** Durable when it resolves; seen by others from then on. */
  async commit(changes: readonly LeaderChange[]): Promise<void> {
    if (changes.length === 0) return;
    await this.#store.commit(changes.map((change) => this.#document(change)));
    this.#snapshot = this.#snapshot.with(changes);
  }

  /** A number that no object of the cluster has or had. */
  async allocateOid(): Promise<number> {
    const oid = this.#nextOid++;
    while (oid >= this.#reservedOid) {
      const reserve = this.#reservedOid + oidsPerReservation;
      await this.#store.commit([{ collection: collections.numbers, key: this.#clusterId, put: reserve }]);
      this.#reservedOid = Math.max(this.#reservedOid, reserve);
    }
    return oid;
  }

  /** What removes all of it. */
  removal(): readonly Change[] {
    const changes: Change[] = [{ collection: collections.numbers, key: this.#clusterId }];
    for (const table of tableNames)
      for (const id of this.#snapshot[table].keys())
        changes.push({ collection: table, key: `${this.#clusterId}/${id}` });
    return changes;
  }

  #document({ table, id, put }: LeaderChange): Change {
    return { collection: table, key: `${this.#clusterId}/${id}`, put };
  }
}
