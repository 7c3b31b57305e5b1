import type { Table } from "@aws-sdk/client-glue";
import type { CatalogScope, TableEntry } from "../../kernels/catalog/index.ts";

/** A table as Glue answers it. */
export function tableOutput(scope: CatalogScope, databaseName: string, table: TableEntry): Table {
  return {
    Name: table.name,
    DatabaseName: databaseName,
    ...(table.definition as Partial<Table>),
    CreateTime: new Date(table.createdMs),
    UpdateTime: new Date(table.updatedMs),
    CreatedBy: table.createdBy,
    IsRegisteredWithLakeFormation: false,
    CatalogId: scope.catalogId,
    VersionId: String(table.version),
    IsMultiDialectView: false,
  };
}
