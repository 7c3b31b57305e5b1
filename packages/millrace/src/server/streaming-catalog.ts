import type { RoleAccess } from "../core/role-access.ts";
import { type Catalog, CatalogError, type CatalogScope, type TableEntry } from "../kernels/catalog/index.ts";
import type { ProgramText } from "../kernels/streaming/engine-port.ts";
import type { ProgramCatalogs } from "../kernels/streaming/index.ts";
import { arnsIn } from "../services/glue/scope-arns.ts";
import type {
  CatalogChange,
  CatalogPort,
  ExternalCatalog,
  ExternalColumn,
  ExternalTable,
} from "../sql/flink/catalog/catalog-port.ts";
import { SqlError } from "../sql/sql-error.ts";
import { openCatalog } from "./open-catalog.ts";
import { openRoleAccess } from "./role-access.ts";
import type { ServiceContext } from "./service-context.ts";
import { analyticsService } from "./streaming-streams.ts";

/** Tables and databases of one page of a listing. */
const pageSize = 1_000;
/** Options of CREATE CATALOG that say which catalog is meant; all others are refused by name. */
const knownOptions: ReadonlySet<string> = new Set(["type", "default-database"]);

type ApplicationContext = ProgramText["context"];

/** The Glue Data Catalog as programs see it, in the name of the application's role. */
export function streamingCatalogs(
  context: ServiceContext,
): (application: ApplicationContext) => ProgramCatalogs {
  return (application) => {
    const open = async (options: Readonly<Record<string, string>>): Promise<GlueCatalog> =>
      new GlueCatalog(
        { catalog: await openCatalog(context), roles: await openRoleAccess(context) },
        application,
        scopeOf(application, options),
      );
    const port: CatalogPort = { open: (_type, options) => open(options) };
    return {
      port,
      async apply(changes) {
        if (changes.length === 0) return;
        const catalog = await open({});
        for (const change of changes) await catalog.apply(change);
      },
    };
  };
}

/** @throws SqlError for an option that is not known */
function scopeOf(application: ApplicationContext, options: Readonly<Record<string, string>>): CatalogScope {
  const unknown = Object.keys(options).find((name) => !knownOptions.has(name));
  if (unknown !== undefined)
    throw new SqlError("22023", `a catalog of type 'glue' has no option '${unknown}'`);
  return { catalogId: application.account, region: application.region };
}

interface GlueParts {
  readonly catalog: Catalog;
  readonly roles: RoleAccess;
}

class GlueCatalog implements ExternalCatalog {
  readonly #parts: GlueParts;
  readonly #application: ApplicationContext;
  readonly #scope: CatalogScope;

  constructor(parts: GlueParts, application: ApplicationContext, scope: CatalogScope) {
    this.#parts = parts;
    this.#application = application;
    this.#scope = scope;
  }

  databases(): readonly string[] {
    this.#require("glue:GetDatabases", "*");
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = this.#parts.catalog.databases.list(this.#scope, { after, limit: pageSize });
      names.push(...page.items.map(({ name }) => name));
      after = page.next;
    } while (after !== undefined);
    return names;
  }

  hasDatabase(database: string): boolean {
    this.#require("glue:GetDatabase", database);
    return this.#parts.catalog.databases.find(this.#scope, database) !== undefined;
  }

  tables(database: string): readonly string[] {
    this.#require("glue:GetTables", database, ["*"]);
    const found = this.#parts.catalog.databases.find(this.#scope, database);
    if (found === undefined) return [];
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = this.#parts.catalog.tables.list(found, { after, limit: pageSize });
      names.push(...page.items.map(({ name }) => name));
      after = page.next;
    } while (after !== undefined);
    return names;
  }

  table(database: string, name: string): ExternalTable | undefined {
    this.#require("glue:GetTable", database, [name]);
    const found = this.#parts.catalog.databases.find(this.#scope, database);
    const entry = found && this.#parts.catalog.tables.find(found, name);
    return entry && externalTable(entry);
  }

  async apply(change: CatalogChange): Promise<void> {
    try {
      await this.#apply(change);
    } catch (error) {
      if (error instanceof CatalogError) throw new SqlError("58000", error.message, { cause: error });
      throw error;
    }
  }

  async #apply(change: CatalogChange): Promise<void> {
    const { databases, tables } = this.#parts.catalog;
    switch (change.kind) {
      case "create-database":
        this.#require("glue:CreateDatabase", change.database);
        await databases.create(this.#scope, change.database, {});
        return;
      case "drop-database":
        this.#require("glue:DeleteDatabase", change.database);
        await databases.delete(this.#scope, change.database);
        return;
      case "create-table": {
        this.#require("glue:CreateTable", change.database, [change.name]);
        const database = databases.get(this.#scope, change.database);
        const owner = this.#application.roleArn ?? this.#application.sourceArn;
        await tables.create(database, change.name, definitionOf(change.table), owner);
        return;
      }
      case "drop-table":
        this.#require("glue:DeleteTable", change.database, [change.name]);
        await tables.delete(databases.get(this.#scope, change.database), change.name);
    }
  }

  /** @throws SqlError 42501 when the role may not */
  #require(action: string, database: string, tables: readonly string[] = []): void {
    const { roleArn = "", sourceArn } = this.#application;
    const resources = arnsIn(this.#scope, database, tables);
    const refusal = this.#parts.roles.refusal({
      roleArn,
      sourceArn,
      service: analyticsService,
      action,
      resources,
    });
    if (refusal !== undefined) throw new SqlError("42501", refusal.message);
  }
}

function externalTable({ definition }: TableEntry): ExternalTable {
  const { StorageDescriptor: storage, PartitionKeys = [], Parameters = {} } = definition;
  return {
    columns: (storage?.Columns ?? []).map(externalColumn),
    partitionColumns: PartitionKeys.map(externalColumn),
    parameters: Parameters,
    comment: definition.Description,
    tableType: definition.TableType,
    location: storage?.Location,
    inputFormat: storage?.InputFormat,
    serializationLibrary: storage?.SerdeInfo?.SerializationLibrary,
    serdeParameters: storage?.SerdeInfo?.Parameters ?? {},
  };
}

type StoredColumn = NonNullable<
  NonNullable<TableEntry["definition"]["StorageDescriptor"]>["Columns"]
>[number];

function externalColumn({ Name, Type = "string", Comment, Parameters = {} }: StoredColumn): ExternalColumn {
  return { name: Name, type: Type, comment: Comment, parameters: Parameters };
}

function definitionOf(table: ExternalTable): TableEntry["definition"] {
  const column = ({ name, type, comment, parameters }: ExternalColumn): StoredColumn => ({
    ...{ Name: name, Type: type, Comment: comment, Parameters: parameters },
  });
  return {
    ...{ Description: table.comment, TableType: table.tableType, Parameters: table.parameters },
    PartitionKeys: table.partitionColumns.map(column),
    StorageDescriptor: {
      ...{ Columns: table.columns.map(column), Location: table.location, InputFormat: table.inputFormat },
      SerdeInfo: { SerializationLibrary: table.serializationLibrary, Parameters: table.serdeParameters },
    },
  };
}
