import type { Catalog, DatabaseEntry, TableEntry } from "../../../kernels/catalog/index.ts";
import { normalLocation, parentOf, type S3Path, s3Location } from "./s3-path.ts";
import { crawlerParameter } from "./table-definition.ts";

/** What a crawl remembers of a table of its database. */
export interface KnownTable {
  readonly name: string;
  readonly location: string;
  /** Of one object, not of a folder. */
  readonly isFile: boolean;
  /** The crawler that wrote it last. */
  readonly crawler: string | undefined;
}

const pageSize = 500;

/** The tables of a crawl's database by name and by location; whole definitions are read when they are needed. */
export class KnownTables {
  readonly #catalog: Catalog;
  readonly #database: DatabaseEntry;
  readonly #byName = new Map<string, KnownTable>();
  /** Folders of tables that are one object. */
  readonly #fileFolders = new Set<string>();
  readonly #byLocation = new Map<string, KnownTable[]>();

  constructor(catalog: Catalog, database: DatabaseEntry) {
    this.#catalog = catalog;
    this.#database = database;
    let after: string | undefined;
    do {
      const page = catalog.tables.list(database, { limit: pageSize, after });
      for (const table of page.items) this.add(table);
      after = page.next;
    } while (after !== undefined);
  }

  add({ name, definition }: Pick<TableEntry, "name" | "definition">): void {
    const { Location: given = "" } = definition.StorageDescriptor ?? {};
    const location = normalLocation(given);
    const table = {
      name,
      location,
      isFile: !given.endsWith("/"),
      crawler: definition.Parameters?.[crawlerParameter],
    };
    this.#byName.set(name, table);
    if (table.isFile) this.#fileFolders.add(location.slice(0, location.lastIndexOf("/") + 1));
    this.#byLocation.set(location, [...(this.#byLocation.get(location) ?? []), table]);
  }

  /** Whether objects that lie directly in a folder are tables of their own. */
  hasFilesIn(folder: S3Path): boolean {
    return this.#fileFolders.has(s3Location(folder));
  }

  hasName(name: string): boolean {
    return this.#byName.has(name);
  }

  all(): Iterable<KnownTable> {
    return this.#byName.values();
  }

  /** The table at a location: the crawler's own before others, whose folders may lack their last slash. */
  at(location: string, crawler: string): TableEntry | undefined {
    const tables = this.#byLocation.get(normalLocation(location)) ?? [];
    const others = this.#byLocation.get(otherSpelling(location)) ?? [];
    const chosen =
      tables.find((table) => table.crawler === crawler) ??
      tables[0] ??
      others.find((table) => table.crawler === undefined);
    return chosen && this.#catalog.tables.find(this.#database, chosen.name);
  }

  /** The table whose folder is this one or one above it. */
  above(folder: S3Path, crawler: string): TableEntry | undefined {
    for (let path = folder; ; path = parentOf(path)) {
      const table = this.at(s3Location(path), crawler);
      if (table !== undefined || path.key === "") return table;
    }
  }
}

/** With a slash behind where there is none, and the other way round. */
function otherSpelling(location: string): string {
  const normal = normalLocation(location);
  return normal.endsWith("/") ? normal.slice(0, -1) : `${normal}/`;
}
