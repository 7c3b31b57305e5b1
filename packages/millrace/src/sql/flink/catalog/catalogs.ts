import { SqlError } from "../../sql-error.ts";
import type { CatalogObject, CatalogTable, ObjectPath } from "./catalog-object.ts";
import type { CatalogChange, ExternalCatalog, ExternalTable } from "./catalog-port.ts";
import { storedTable } from "./stored-table.ts";

const defaultCatalog = "default_catalog";
export const defaultDatabase = "default_database";

/** One catalog: its databases and what is in them. */
interface Catalog {
  readonly type: string;
  readonly options: Readonly<Record<string, string>>;
  readonly comment: string | undefined;
  /** Names of its own; of an external catalog those that this program made, and undefined for what it dropped. */
  readonly databases: Map<string, Map<string, CatalogObject | undefined> | undefined>;
  readonly external: ExternalCatalog | undefined;
}

/** The catalogs of a program, and which of them names without more mean. */
export class Catalogs {
  currentCatalog: string = defaultCatalog;
  currentDatabase: string = defaultDatabase;
  /** Changes with everything that is made, altered or dropped. */
  version = 0;
  readonly changes: CatalogChange[] = [];
  readonly #catalogs = new Map<string, Catalog>();
  readonly #temporary = new Map<string, CatalogObject>();
  readonly #read = new Map<string, CatalogTable>();

  readonly #fromStored: (path: ObjectPath, table: ExternalTable) => CatalogTable;

  /** @param fromStored makes a table of what an external catalog has */
  constructor(fromStored: (path: ObjectPath, table: ExternalTable) => CatalogTable) {
    this.#fromStored = fromStored;
    this.addCatalog(defaultCatalog, "generic_in_memory", {}, undefined, defaultDatabase, undefined);
  }

  /** Catalog, database and name of what one to three parts mean. */
  path(parts: readonly string[]): ObjectPath {
    const name = parts.at(-1) ?? "";
    return [parts.at(-3) ?? this.currentCatalog, parts.at(-2) ?? this.currentDatabase, name];
  }

  addCatalog(
    name: string,
    type: string,
    options: Readonly<Record<string, string>>,
    comment: string | undefined,
    database: string | undefined,
    external: ExternalCatalog | undefined,
  ): void {
    const databases: Catalog["databases"] = new Map();
    if (database !== undefined && external === undefined) databases.set(database, new Map());
    this.#catalogs.set(name, { type, options, comment, databases, external });
    this.version += 1;
  }

  hasCatalog(name: string): boolean {
    return this.#catalogs.has(name);
  }

  /** Its type, options and comment. @throws SqlError when there is none */
  catalog(name: string): Pick<Catalog, "type" | "options" | "comment"> {
    return this.#catalog(name);
  }

  dropCatalog(name: string): void {
    this.#catalogs.delete(name);
    this.version += 1;
  }

  catalogNames(): readonly string[] {
    return [...this.#catalogs.keys()].sort();
  }

  databaseNames(catalog: string): readonly string[] {
    const { databases, external } = this.#catalog(catalog);
    const names = new Set(external?.databases() ?? []);
    for (const [name, database] of databases) {
      if (database === undefined) names.delete(name);
      else names.add(name);
    }
    return [...names].sort();
  }

  hasDatabase(catalog: string, database: string): boolean {
    const found = this.#catalogs.get(catalog);
    if (found === undefined) return false;
    if (found.databases.has(database)) return found.databases.get(database) !== undefined;
    return found.external?.hasDatabase(database) ?? false;
  }

  addDatabase(catalog: string, database: string): void {
    const { databases, external } = this.#catalog(catalog);
    databases.set(database, new Map());
    if (external !== undefined) this.changes.push({ kind: "create-database", catalog, database });
    this.version += 1;
  }

  dropDatabase(catalog: string, database: string): void {
    const { databases, external } = this.#catalog(catalog);
    if (external === undefined) databases.delete(database);
    else databases.set(database, undefined);
    if (external !== undefined) this.changes.push({ kind: "drop-database", catalog, database });
    this.version += 1;
  }

  /** Tables and views of a database, temporary ones included. */
  objectNames(catalog: string, database: string): readonly string[] {
    const { databases, external } = this.#catalog(catalog);
    const own = databases.get(database);
    const isDropped = databases.has(database) && own === undefined;
    const isThere = external?.hasDatabase(database) === true && !isDropped;
    const names = new Set(isThere ? external?.tables(database) : []);
    for (const [name, object] of own ?? []) {
      if (object === undefined) names.delete(name);
      else names.add(name);
    }
    for (const key of this.#temporary.keys()) {
      const [c, d, name] = JSON.parse(key) as ObjectPath;
      if (c === catalog && d === database) names.add(name);
    }
    return [...names].sort();
  }

  /** What has the name: temporary things first. */
  find(path: ObjectPath): CatalogObject | undefined {
    return this.#temporary.get(JSON.stringify(path)) ?? this.findPermanent(path);
  }

  findTemporary(path: ObjectPath): CatalogObject | undefined {
    return this.#temporary.get(JSON.stringify(path));
  }

  findPermanent(path: ObjectPath): CatalogObject | undefined {
    const [catalog, database, name] = path;
    const found = this.#catalogs.get(catalog);
    if (found === undefined) return undefined;
    const own = found.databases.get(database);
    if (own?.has(name) === true) return own.get(name);
    const isDropped = found.databases.has(database) && own === undefined;
    return isDropped ? undefined : this.#fromOutside(found, path);
  }

  put(path: ObjectPath, object: CatalogObject): void {
    this.version += 1;
    if (object.isTemporary) {
      this.#temporary.set(JSON.stringify(path), object);
      return;
    }
    const [catalog, database, name] = path;
    const { databases, external } = this.#catalog(catalog);
    if (external !== undefined) {
      if (object.kind === "view")
        throw new SqlError(
          "0A000",
          `a view in the catalog '${catalog}' is not supported (make it TEMPORARY); it runs on Apache Flink itself`,
        );
      this.changes.push({ kind: "create-table", catalog, database, name, table: storedTable(object) });
    }
    const own = databases.get(database) ?? new Map<string, CatalogObject | undefined>();
    databases.set(database, own);
    own.set(name, object);
  }

  remove(path: ObjectPath, isTemporary: boolean): void {
    this.version += 1;
    if (isTemporary) {
      this.#temporary.delete(JSON.stringify(path));
      return;
    }
    const [catalog, database, name] = path;
    const { databases, external } = this.#catalog(catalog);
    const own = databases.get(database) ?? new Map<string, CatalogObject | undefined>();
    if (external === undefined) {
      own.delete(name);
      return;
    }
    databases.set(database, own);
    own.set(name, undefined);
    this.changes.push({ kind: "drop-table", catalog, database, name });
  }

  #fromOutside({ external }: Catalog, path: ObjectPath): CatalogTable | undefined {
    const [, database, name] = path;
    if (external?.hasDatabase(database) !== true) return undefined;
    const key = JSON.stringify(path);
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    const read = external.table(database, name);
    if (read === undefined) return undefined;
    const table = this.#fromStored(path, read);
    this.#read.set(key, table);
    return table;
  }

  #catalog(name: string): Catalog {
    const catalog = this.#catalogs.get(name);
    if (catalog === undefined) throw new SqlError("3F000", `catalog '${name}' does not exist`);
    return catalog;
  }
}
