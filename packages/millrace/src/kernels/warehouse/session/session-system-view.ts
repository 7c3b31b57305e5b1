import type { SqlType } from "../../../sql/redshift/types.ts";
import type { CatalogSnapshot } from "../catalog/catalog-snapshot.ts";
import type { CatalogView } from "../catalog/catalog-view.ts";
import type { RelationRecord } from "../catalog/records.ts";
import type { Database } from "../cluster/database.ts";
import type { DatabaseRecord, GroupRecord } from "../leader-records.ts";
import { lockModeNames } from "../locks/lock-table.ts";
import { allLanguages } from "../security/languages.ts";
import type { EventLogs } from "../system/event-logs.ts";
import type {
  BuiltInFunction,
  ExternalCatalog,
  SessionFact,
  SettingFact,
  StatementFact,
  StorageFact,
  SystemCatalog,
  SystemCluster,
  SystemLeader,
  SystemSession,
  SystemView,
  TransactionFact,
} from "../system/system-view.ts";
import { pathSchemas } from "./name-resolution.ts";
import type { SessionParts } from "./session-parts.ts";
import { settingDefinitions } from "./setting-table.ts";
import { storageFacts } from "./storage-facts.ts";

type LateBinding = (
  view: RelationRecord,
) => readonly { readonly name: string; readonly type: SqlType }[] | undefined;

/** What system tables are made of, for one statement of a session. Nothing is gathered before it is asked for. */
export class SessionSystemView implements SystemView {
  readonly nowMs: number;
  readonly #parts: SessionParts;
  readonly #catalogView: CatalogView;
  readonly #searchPath: readonly string[];
  readonly #lateBinding: LateBinding;

  /** @param lateBinding the columns of a late-binding view as it would bind now */
  constructor(
    parts: SessionParts,
    catalogView: CatalogView,
    searchPath: readonly string[],
    lateBinding: LateBinding,
  ) {
    this.#lateBinding = lateBinding;
    this.nowMs = parts.host.clock.now();
    this.#parts = parts;
    this.#catalogView = catalogView;
    this.#searchPath = searchPath;
  }

  get session(): SystemSession {
    const { processId, users, block } = this.#parts;
    return {
      processId,
      user: users.current,
      database: users.database,
      searchPath: pathSchemas(this.#catalogView, this.#searchPath).map(({ name }) => name),
      temporarySchemaOid:
        [...this.#catalogView.temporary.records()].length > 0
          ? this.#catalogView.temporarySchema.oid
          : undefined,
      transactionId: block.transaction?.id ?? 0,
    };
  }

  get cluster(): SystemCluster {
    return this.#parts.host.facts;
  }

  get leader(): SystemLeader {
    const leader = this.#parts.block.transaction?.leader ?? this.#parts.host.leader.snapshot;
    return {
      users: [...leader.users.values()],
      groups: this.#groups([...leader.groups.values()]),
      roles: [...leader.roles.values()],
      databases: [...leader.databases.values()],
    };
  }

  /** For a temporary login its user is in the groups of the login. */
  #groups(groups: readonly GroupRecord[]): readonly GroupRecord[] {
    const { extraGroupIds, current } = this.#parts.users;
    if (extraGroupIds.length === 0) return groups;
    return groups.map((group) =>
      extraGroupIds.includes(group.id) && !group.userIds.includes(current.id)
        ? { ...group, userIds: [...group.userIds, current.id] }
        : group,
    );
  }

  get catalog(): SystemCatalog {
    const { permanent, temporary, temporarySchema } = this.#catalogView;
    const { block, database } = this.#parts;
    const rows = (oid: number) => block.transaction?.rowChanges(oid) ?? database.rowChanges(oid);
    const own = catalogOf(temporary, rows);
    const all = catalogOf(permanent, rows);
    if (own.relations.length === 0) return all;
    return {
      ...all,
      schemas: [...all.schemas, temporarySchema],
      relations: [...all.relations, ...own.relations],
    };
  }

  get settings(): readonly SettingFact[] {
    const { settings } = this.#parts;
    return settings.names().map((name) => {
      const definition = settingDefinitions.get(name);
      const kind = definition?.value.kind;
      return {
        name,
        value: settings.get(name) ?? "",
        defaultValue: settings.defaultOf(name),
        description: definition?.description ?? "",
        type: kind === "boolean" ? "bool" : kind === "integer" || kind === "duration" ? "integer" : "string",
        changeable: definition?.restriction === undefined,
      };
    });
  }

  async catalogOf(record: DatabaseRecord): Promise<SystemCatalog> {
    if (record.oid === this.#parts.database.oid) return this.catalog;
    const database: Database = await this.#parts.host.database(record);
    return catalogOf(database.catalog, (oid) => database.rowChanges(oid));
  }

  storage(relations: readonly RelationRecord[]): Promise<ReadonlyMap<number, StorageFact>> {
    return storageFacts(this.#parts, this.#catalogView, relations);
  }

  lateBindingColumns(view: RelationRecord): ReturnType<SystemView["lateBindingColumns"]> {
    return Promise.resolve(this.#lateBinding(view));
  }

  get external(): ExternalCatalog {
    return this.#parts.host.external;
  }

  sessions(): Iterable<SessionFact> {
    return this.#parts.host.queryLog.sessions();
  }

  statements(): Iterable<StatementFact> {
    return this.#parts.host.queryLog.statements();
  }

  transactions(): Iterable<TransactionFact> {
    const { host } = this.#parts;
    const facts = host.locks.facts();
    return [...host.sessions()].flatMap(({ openTransaction: transaction, user, databaseOid }) =>
      transaction === undefined
        ? []
        : [
            {
              transactionId: transaction.id,
              processId: transaction.processId,
              userId: user.id,
              userName: user.name,
              databaseOid,
              startedAtMs: transaction.startedAtMs,
              locks: facts
                .filter(({ owner }) => owner === transaction)
                .flatMap(({ key, mode, granted }) =>
                  key.startsWith("table ")
                    ? [
                        {
                          relationOid: Number(key.slice("table ".length)),
                          mode: lockModeNames[mode],
                          granted,
                        },
                      ]
                    : [],
                ),
            },
          ],
    );
  }

  get logs(): EventLogs {
    return this.#parts.host.events;
  }

  get systemTables(): SystemView["systemTables"] {
    return this.#parts.host.systemTables;
  }

  get builtInFunctions(): readonly BuiltInFunction[] {
    return this.#parts.host.builtInFunctions;
  }
}

function catalogOf(
  snapshot: CatalogSnapshot,
  rows: (oid: number) => { readonly changes: number; readonly unsorted: number },
): SystemCatalog {
  const relations: RelationRecord[] = [];
  const functions = [];
  for (const record of snapshot.records()) {
    if (record.kind === "function") functions.push(record);
    if (record.kind !== "relation") continue;
    const { changes, unsorted } = rows(record.oid);
    relations.push({
      ...record,
      statistics: { ...record.statistics, changeCounter: changes, unsortedRows: unsorted },
    });
  }
  return {
    schemas: [...snapshot.schemas()],
    relations,
    functions,
    defaultPrivileges: snapshot.defaultPrivileges().filter(({ revoked }) => revoked !== true),
    languages: allLanguages(snapshot),
  };
}
