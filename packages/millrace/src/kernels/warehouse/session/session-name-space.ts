import type { QualifiedName } from "../../../sql/redshift/ast/name.ts";
import type {
  BindSettings,
  NameSpace,
  Relation,
  UserFunction,
} from "../../../sql/redshift/bind/name-space.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { CatalogView } from "../catalog/catalog-view.ts";
import type { FunctionRecord, RelationRecord, SchemaRecord } from "../catalog/records.ts";
import type { DatabaseRecord } from "../leader-records.ts";
import { sliceExpression } from "../slices/slice-expression.ts";
import { type ExternalSchemaRecord, isExternal } from "../spectrum/schema-access.ts";
import type { RegisteredTable, SystemTables } from "../system/system-tables.ts";
import { engineTable, engineTemporaryTable } from "./engine-names.ts";
import { asMeant, meantBy } from "./meant-relation.ts";
import { findRelation, nameParts, pathSchemas, unknownSchema } from "./name-resolution.ts";
import type { RelationCache } from "./relation-cache.ts";

/** A database, its catalog at the moment of a statement, and what the engine calls it. */
export interface OpenCatalog {
  readonly record: DatabaseRecord;
  readonly engineName: string;
  readonly view: CatalogView;
}

/** Thrown to have a database opened; then the statement is bound again. */
export class DatabaseNeeded extends Error {
  override readonly name = "DatabaseNeeded";
  readonly record: DatabaseRecord;

  constructor(record: DatabaseRecord) {
    super(`database ${record.name} is not open`);
    this.record = record;
  }
}

export interface NameSpaceOptions {
  readonly catalog: OpenCatalog;
  readonly user: string;
  /** `$user` is resolved. */
  readonly searchPath: readonly string[];
  readonly settings: BindSettings;
  readonly cache: RelationCache;
  readonly systemTables: SystemTables;
  /** Another database of the cluster. @throws SqlError 3D000, DatabaseNeeded */
  readonly other: (database: string) => OpenCatalog;
  /** Tables of external schemas. @throws ExternalTableNeeded */
  readonly external: (
    schema: ExternalSchemaRecord,
    table: string,
    name: QualifiedName,
  ) => Relation | undefined;
  /** Of the cluster. */
  readonly slices: number;
  /** The name of a user by the id that records have. */
  readonly userName: (id: number) => string;
  /**
   * Asked for each schema that a name says. @param ownerId of the late-binding view whose names they are.
   * @throws SqlError 42501
   */
  readonly useSchema: (schema: SchemaRecord, ownerId: number | undefined) => void;
  /** Whose definition this reads: names in a view were allowed when it was made, those of a late-binding one are not. */
  readonly view?: RelationRecord;
}

/** How a user's statement, or a view's definition, finds what its names mean. */
export class SessionNameSpace implements NameSpace {
  readonly database: string;
  readonly user: string;
  readonly settings: BindSettings;
  readonly #options: NameSpaceOptions;

  constructor(options: NameSpaceOptions) {
    this.#options = options;
    this.database = options.catalog.record.name;
    this.user = options.user;
    this.settings = options.settings;
  }

  get currentSchema(): string | undefined {
    const { catalog, searchPath } = this.#options;
    return pathSchemas(catalog.view, searchPath)[0]?.name;
  }

  relation(name: QualifiedName): Relation | undefined {
    const { database, schema, name: table } = nameParts(name);
    if (database !== undefined && database !== this.database) return this.#elsewhere(database, schema, table);
    const { catalog, searchPath, systemTables, external } = this.#options;
    const meant = meantBy(name, "relation", this.#options.view);
    const [oid = 0] = meant?.oids ?? [];
    const known = catalog.view.relationByOid(oid);
    if (meant !== undefined && known !== undefined) return asMeant(this.#relation(known, catalog), meant);
    const temporary = catalog.view.relation(catalog.view.temporarySchema.oid, table);
    if (schema === undefined && temporary !== undefined) return this.#relation(temporary, catalog);
    const system = systemTables.find(schema, table);
    if (system !== undefined) return this.#system(system);
    if (isSystemSchema(schema)) return undefined;
    const record = schema === undefined ? undefined : catalog.view.schema(schema);
    if (record !== undefined) this.#useSchema(record);
    if (isExternal(record)) return external(record, table, name);
    const found = findRelation(catalog.view, searchPath, schema, table);
    return found === undefined ? undefined : this.#relation(found, catalog);
  }

  functions(name: QualifiedName): readonly UserFunction[] {
    const { schema, name: called } = nameParts(name);
    const { catalog, searchPath } = this.#options;
    const meant = meantBy(name, "functions", this.#options.view);
    if (meant !== undefined) return this.#functionsByOid(meant.oids);
    const named = schema === undefined ? undefined : catalog.view.schema(schema);
    if (named !== undefined) this.#useSchema(named);
    const schemas =
      schema === undefined ? pathSchemas(catalog.view, searchPath) : named === undefined ? [] : [named];
    return schemas.flatMap((record) =>
      catalog.view.permanent
        .functions(record.oid, called)
        .map((made) => userFunction(made, record.name, this.#options.cache)),
    );
  }

  #functionsByOid(oids: readonly number[]): readonly UserFunction[] {
    const { catalog, cache } = this.#options;
    return oids.flatMap((oid) => {
      const record = catalog.view.record(oid);
      if (record?.kind !== "function") return [];
      return [userFunction(record, catalog.view.schemaByOid(record.schemaOid)?.name ?? "", cache)];
    });
  }

  tableFunction(name: string, argumentTexts: readonly (string | undefined)[]): Relation | undefined {
    const table = this.#options.systemTables.findFunction(name, argumentTexts);
    return table === undefined ? undefined : this.#system(table);
  }

  /** How the definition of a view of this database finds what its names mean. */
  ofView(record: RelationRecord): SessionNameSpace {
    return this.#viewSpace(record, this.#options.catalog);
  }

  #elsewhere(database: string, schema: string | undefined, table: string): Relation | undefined {
    const other = this.#options.other(database);
    if (schema === undefined) throw new SqlError("42601", `improper relation name: ${database}.${table}`);
    const system = this.#options.systemTables.find(schema, table);
    if (system !== undefined || isSystemSchema(schema))
      throw new SqlError("0A000", `system tables of another database: "${database}.${schema}.${table}"`);
    const record = other.view.schema(schema);
    if (record === undefined) throw unknownSchema(schema);
    this.#useSchema(record);
    const found = other.view.permanent.relation(record.oid, table);
    return found === undefined ? undefined : this.#relation(found, other);
  }

  #useSchema(schema: SchemaRecord): void {
    const { view, catalog, useSchema } = this.#options;
    if (schema === catalog.view.temporarySchema) return;
    if (view === undefined) useSchema(schema, undefined);
    else if (view.type === "late-binding view") useSchema(schema, view.ownerId);
  }

  #system(table: RegisteredTable): Relation {
    return {
      oid: table.oid,
      database: this.database,
      schema: table.schema,
      name: table.name,
      kind: "system table",
      columns: table.columns.map(({ name, type }, index) => ({
        name,
        type,
        nullable: true,
        attributeNumber: index + 1,
        autoIncrement: false,
        engineName: name,
      })),
      source: { kind: "scan" },
    };
  }

  #relation(record: RelationRecord, catalog: OpenCatalog): Relation {
    const { view, engineName } = catalog;
    const temporary = view.isTemporary(record);
    const isView = record.type === "view" || record.type === "late-binding view";
    return {
      oid: record.oid,
      database: catalog.record.name,
      schema: view.schemaByOid(record.schemaOid)?.name ?? "",
      name: record.name,
      kind: isView
        ? "view"
        : record.type === "materialized view"
          ? "materialized view"
          : temporary
            ? "temporary table"
            : "table",
      columns: this.#options.cache.columns(record, temporary ? "temp" : engineName),
      source: isView
        ? {
            kind: "view",
            query: this.#options.cache.definition(record),
            space: this.#viewSpace(record, catalog),
          }
        : {
            kind: "physical",
            sql: temporary ? engineTemporaryTable(record.oid) : engineTable(engineName, record.oid),
          },
      ...(isView
        ? {}
        : { sliceSql: (alias: string) => sliceExpression(record, this.#options.slices, alias) }),
    };
  }

  /** Names in a view are those of its maker, and what they stand for is read with its owner's rights. */
  #viewSpace(record: RelationRecord, catalog: OpenCatalog): SessionNameSpace {
    return new SessionNameSpace({
      ...this.#options,
      catalog,
      user: this.#options.userName(record.ownerId),
      view: record,
      searchPath: record.searchPath,
      settings: { ...this.settings, enableCaseSensitiveIdentifier: true },
    });
  }
}

function isSystemSchema(schema: string | undefined): boolean {
  return schema === "pg_catalog" || schema === "information_schema" || schema === "pg_internal";
}

function userFunction(record: FunctionRecord, schema: string, cache: RelationCache): UserFunction {
  const { name, parameterTypes, returnType, volatility, oid } = record;
  return { schema, name, parameterTypes, returnType, volatility, oid, body: cache.definition(record) };
}
