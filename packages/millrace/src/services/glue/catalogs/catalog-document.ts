import type {
  AllowFullTableExternalDataAccessEnum,
  Catalog,
  CatalogInput,
  PrincipalPermissions,
} from "@aws-sdk/client-glue";
import type { Input } from "../../../gateway/service.ts";
import { catalogArn } from "../arn.ts";
import type { Owner } from "../document-table.ts";
import { notImplemented } from "../errors.ts";

/** What a client says of a catalog. */
export interface CatalogSettings {
  readonly description?: string | undefined;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  readonly customProperties?: Readonly<Record<string, string>> | undefined;
  readonly tablePermissions?: readonly PrincipalPermissions[] | undefined;
  readonly databasePermissions?: readonly PrincipalPermissions[] | undefined;
  readonly externalAccess?: AllowFullTableExternalDataAccessEnum | undefined;
}

/** A catalog of an account; the default one is here, with the name "", when it was changed. */
export interface CatalogDocument extends Owner, CatalogSettings {
  readonly name: string;
  readonly createdMs?: number | undefined;
  readonly updatedMs?: number | undefined;
}

/** @throws ServiceError NotImplemented for catalogs whose data lie elsewhere than in the Data Catalog */
export function settingsFrom(input: Input<CatalogInput>): CatalogSettings {
  if (input.FederatedCatalog !== undefined) throw notImplemented("federated catalogs");
  if (input.TargetRedshiftCatalog !== undefined) throw notImplemented("catalogs that link to Redshift");
  const { DataLakeAccessProperties: access, IcebergOptimizationProperties: iceberg } =
    input.CatalogProperties ?? {};
  if (access !== undefined) throw notImplemented("catalogs in storage that Redshift manages");
  if (iceberg !== undefined) throw notImplemented("optimization of Iceberg tables");
  return {
    description: input.Description,
    parameters: input.Parameters,
    customProperties: input.CatalogProperties?.CustomProperties,
    tablePermissions: input.CreateTableDefaultPermissions,
    databasePermissions: input.CreateDatabaseDefaultPermissions,
    externalAccess: input.AllowFullTableExternalDataAccess,
  };
}

export function catalogOf(document: CatalogDocument): Catalog {
  const { account, name, customProperties, createdMs, updatedMs } = document;
  const isDefault = name === "";
  return {
    CatalogId: isDefault ? account : `${account}:${name}`,
    Name: isDefault ? account : name,
    ResourceArn: isDefault ? catalogArn(document) : catalogArn(document, name),
    Description: document.description,
    Parameters: document.parameters && { ...document.parameters },
    CreateTime: createdMs === undefined ? undefined : new Date(createdMs),
    UpdateTime: updatedMs === undefined ? undefined : new Date(updatedMs),
    CatalogProperties: customProperties && { CustomProperties: { ...customProperties } },
    CreateTableDefaultPermissions: document.tablePermissions && [...document.tablePermissions],
    CreateDatabaseDefaultPermissions: document.databasePermissions && [...document.databasePermissions],
    AllowFullTableExternalDataAccess: document.externalAccess,
  };
}
