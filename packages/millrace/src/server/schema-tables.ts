import { type Catalog, CatalogError } from "../kernels/catalog/index.ts";
import type { ConversionSchema } from "../kernels/delivery/index.ts";
import { type SchemaTable, SchemaTableError, type SchemaTables } from "../services/firehose/index.ts";

/** The columns of the data catalog's tables, as Firehose converts records by them. */
export class CatalogSchemas implements SchemaTables {
  readonly #open: () => Promise<Catalog>;
  #catalog: Catalog | undefined;

  /** @param open the catalog, which nobody may have used yet. */
  constructor(open: () => Promise<Catalog>) {
    this.#open = open;
  }

  async open(): Promise<void> {
    this.#catalog = await this.#open();
  }

  columns({ catalogId, region, database, table, versionId }: SchemaTable): ConversionSchema["columns"] {
    const catalog = this.#catalog;
    if (catalog === undefined) throw new SchemaTableError("InternalServiceException", "Internal failure.");
    const found = catalog.databases.find({ catalogId, region }, database.toLowerCase());
    if (found === undefined)
      throw new SchemaTableError("EntityNotFoundException", `Database ${database} not found.`);
    const entry = catalog.tables.find(found, table.toLowerCase());
    if (entry === undefined)
      throw new SchemaTableError("EntityNotFoundException", `Table ${table} not found.`);
    try {
      const { definition } = catalog.tableVersions.get(entry, versionId);
      const columns = definition.StorageDescriptor?.Columns ?? [];
      return columns.map(({ Name, Type = "string" }) => ({ name: Name, type: Type }));
    } catch (error) {
      if (!(error instanceof CatalogError)) throw error;
      throw new SchemaTableError("EntityNotFoundException", error.message);
    }
  }
}
