import type { Clock } from "../core/clock.ts";
import { ServiceError } from "../core/errors.ts";
import type { Logger } from "../core/logger.ts";
import type { RoleAccess } from "../core/role-access.ts";
import type { TrafficLog } from "../core/traffic/traffic-log.ts";
import type { Call } from "../gateway/call.ts";
import { type Catalog, CatalogError, type CatalogScope, type TableEntry } from "../kernels/catalog/index.ts";
import {
  type CatalogAccess,
  type CatalogConnection,
  type CatalogPartition,
  type CatalogTable,
  type DataCatalog,
  DataCatalogError,
} from "../kernels/warehouse/spectrum/data-catalog-port.ts";
import { databaseOf, type FoundTable, tableInDatabaseOf, tableOf } from "../services/glue/lookup.ts";
import { arnsIn } from "../services/glue/scope-arns.ts";
import { openCatalog } from "./open-catalog.ts";
import { openRoleAccess } from "./role-access.ts";
import type { ServiceContext } from "./service-context.ts";
import { attachedRoles, notAttached, redshiftService } from "./statement-role.ts";
import { openTraffic } from "./topology/open-traffic.ts";

/** Tables of one page of a listing. */
const pageSize = 1_000;

/** The data catalog for external schemas, opened when the first statement asks for it. */
export function openWarehouseCatalog(context: ServiceContext): DataCatalog {
  return {
    connect: async (access) =>
      new LocalCatalog(
        {
          catalog: await openCatalog(context),
          roles: await openRoleAccess(context),
          attached: attachedRoles(context, access.cluster),
          clock: context.clock,
          log: context.log,
          traffic: await openTraffic(context),
        },
        access,
      ),
  };
}

interface LocalCatalogParts {
  readonly catalog: Catalog;
  readonly roles: RoleAccess;
  /** The cluster's own roles; any role will do when undefined. */
  readonly attached: readonly string[] | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told which cluster uses which table. */
  readonly traffic: TrafficLog;
}

/** Glue's catalog in the name of a role: each of its calls is allowed or refused as Glue's own would be. */
class LocalCatalog implements CatalogConnection {
  readonly #parts: LocalCatalogParts;
  readonly #access: CatalogAccess;
  readonly #roleArn: string;

  /** @throws DataCatalogError when a role of the chain may not be assumed */
  constructor(parts: LocalCatalogParts, access: CatalogAccess) {
    this.#parts = parts;
    this.#access = access;
    const { roleArns } = access;
    this.#roleArn = roleArns.at(-1) ?? "";
    const detached = notAttached(roleArns, parts.attached);
    if (detached !== undefined) throw new DataCatalogError("AccessDeniedException", detached.message);
    for (const [i, roleArn] of roleArns.entries()) {
      const use = {
        roleArn,
        assumedBy: roleArns[i - 1],
        service: redshiftService,
        sourceArn: this.#sourceArn(),
      };
      const refusal = parts.roles.assuming(use);
      if (refusal !== undefined) throw new DataCatalogError("AccessDeniedException", refusal.message);
    }
  }

  hasDatabase(database: string): boolean {
    this.#require("glue:GetDatabase", database);
    return this.#parts.catalog.databases.find(this.#scope(), database) !== undefined;
  }

  async createDatabase(database: string): Promise<void> {
    this.#require("glue:CreateDatabase", database);
    await this.#asked(() => this.#parts.catalog.databases.create(this.#scope(), database, {}));
  }

  async dropDatabase(database: string): Promise<void> {
    this.#require("glue:DeleteDatabase", database);
    await this.#asked(() => this.#parts.catalog.databases.delete(this.#scope(), database));
  }

  async *tables(database: string): AsyncGenerator<CatalogTable, void, void> {
    this.#require("glue:GetTables", database, ["*"]);
    const found = await this.#asked(() =>
      databaseOf(this.#parts, { DatabaseName: database }, this.#call("GetTables"), ["*"]),
    );
    let after: string | undefined;
    do {
      const page = this.#parts.catalog.tables.list(found.database, { after, limit: pageSize });
      yield* page.items.map(tableFact);
      after = page.next;
    } while (after !== undefined);
  }

  table(database: string, table: string): CatalogTable | undefined {
    this.#require("glue:GetTable", database, [table]);
    try {
      const found = tableOf(this.#parts, { DatabaseName: database }, table, this.#call("GetTable"));
      this.#note(database, table);
      return { ...tableFact(found.table), name: table };
    } catch (error) {
      if (error instanceof ServiceError && error.code === "EntityNotFoundException") return undefined;
      throw translated(error);
    }
  }

  async createTable(database: string, { name, definition }: CatalogTable): Promise<void> {
    this.#require("glue:CreateTable", database, [name]);
    await this.#asked(() => {
      const call = this.#call("CreateTable");
      const found = databaseOf(this.#parts, { DatabaseName: database }, call, [name]);
      return this.#parts.catalog.tables.create(found.database, name, definition, this.#roleArn);
    });
  }

  async updateTable(database: string, { name, definition }: CatalogTable): Promise<void> {
    await this.#asked(() =>
      this.#parts.catalog.tables.update(this.#found("UpdateTable", database, name).table, { definition }),
    );
  }

  async dropTable(database: string, name: string): Promise<void> {
    this.#require("glue:DeleteTable", database, [name]);
    await this.#asked(() => {
      const call = this.#call("DeleteTable");
      const found = tableInDatabaseOf(this.#parts, { DatabaseName: database }, name, call);
      return this.#parts.catalog.tables.delete(found.database, found.table.name);
    });
  }

  async *partitions(
    database: string,
    name: string,
    expression: string,
  ): AsyncGenerator<CatalogPartition, void, void> {
    try {
      const { table } = this.#found("GetPartitions", database, name);
      yield* this.#parts.catalog.partitions.iterate(table, { expression });
    } catch (error) {
      throw translated(error);
    }
  }

  async createPartitions(
    database: string,
    name: string,
    partitions: readonly CatalogPartition[],
  ): Promise<number> {
    return this.#asked(async () => {
      const { table } = this.#found("BatchCreatePartition", database, name);
      const outcomes = await this.#parts.catalog.partitions.createAll(table, partitions);
      const failed = outcomes.find((outcome) => outcome !== undefined && outcome.refusal !== "exists");
      if (failed !== undefined) throw failed;
      return outcomes.filter((outcome) => outcome !== undefined).length;
    });
  }

  async updatePartition(database: string, name: string, partition: CatalogPartition): Promise<void> {
    await this.#asked(async () => {
      const { table } = this.#found("UpdatePartition", database, name);
      const [outcome] = await this.#parts.catalog.partitions.updateAll(table, [partition]);
      if (outcome !== undefined) throw outcome;
    });
  }

  async dropPartition(database: string, name: string, values: readonly string[]): Promise<void> {
    await this.#asked(async () => {
      const { table } = this.#found("DeletePartition", database, name);
      const [outcome] = await this.#parts.catalog.partitions.deleteAll(table, [values]);
      if (outcome !== undefined) throw outcome;
    });
  }

  #found(operation: string, database: string, name: string): FoundTable {
    this.#require(`glue:${operation}`, database, [name]);
    return tableOf(this.#parts, { DatabaseName: database }, name, this.#call(operation));
  }

  #scope(): CatalogScope {
    const { catalogId, cluster, region } = this.#access;
    return { catalogId: catalogId ?? cluster.account, region };
  }

  #note(database: string, table: string): void {
    const { traffic, clock } = this.#parts;
    const arn = arnsIn(this.#scope(), database, [table]).at(-1) ?? "";
    const cluster = { kind: "resource", arn: this.#sourceArn() } as const;
    traffic.flow({ kind: "resource", arn }, cluster).ring.add(1, 0, clock.now());
  }

  #sourceArn(): string {
    const { account, region, identifier } = this.#access.cluster;
    return `arn:aws:redshift:${region}:${account}:cluster:${identifier}`;
  }

  #require(action: string, database: string, tables: readonly string[] = []): void {
    this.#requireOn(action, arnsIn(this.#scope(), database, tables));
  }

  #requireOn(action: string, resources: readonly string[]): void {
    const assumedBy = this.#access.roleArns.at(-2);
    const role = {
      roleArn: this.#roleArn,
      assumedBy,
      service: redshiftService,
      sourceArn: this.#sourceArn(),
    };
    const refusal = this.#parts.roles.refusal({ ...role, action, resources });
    if (refusal !== undefined) throw new DataCatalogError("AccessDeniedException", refusal.message);
  }

  /** What looks like the role's own call to Glue, for what follows resource links. */
  #call(operation: string): Call {
    const { cluster, region, catalogId } = this.#access;
    const account = (catalogId ?? cluster.account).slice(0, 12);
    return {
      ...{ requestId: "", service: "glue", operation, account, region },
      principal: { arn: this.#roleArn, account, accessKeyId: "", kind: "role", roleArn: this.#roleArn },
      receivedAt: this.#parts.clock.now(),
      signal: AbortSignal.any([]),
      log: this.#parts.log,
      require: ({ action, resources }) => this.#requireOn(action, resources),
    };
  }

  async #asked<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw translated(error);
    }
  }
}

function tableFact({ name, definition }: TableEntry): CatalogTable {
  return { name, definition };
}

const codes = {
  "not-found": "EntityNotFoundException",
  exists: "AlreadyExistsException",
  "version-mismatch": "ConcurrentModificationException",
  invalid: "InvalidInputException",
  limit: "ResourceNumberLimitExceededException",
} as const;

function translated(error: unknown): unknown {
  const options = { cause: error };
  if (error instanceof CatalogError)
    return new DataCatalogError(codes[error.refusal], error.message, options);
  if (error instanceof ServiceError) return new DataCatalogError(error.code, error.message, options);
  return error;
}
