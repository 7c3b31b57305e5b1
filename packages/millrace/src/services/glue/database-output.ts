import type { Database } from "@aws-sdk/client-glue";
import type { CatalogScope, DatabaseEntry, PrincipalPermissions } from "../../kernels/catalog/index.ts";

/** What AWS gives every new database while Lake Formation governs nothing: IAM alone decides. */
export const defaultPermissions: readonly PrincipalPermissions[] = [
  { Principal: { DataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" }, Permissions: ["ALL"] },
];

/** A database as Glue answers it. */
export function databaseOutput(scope: CatalogScope, database: DatabaseEntry): Database {
  const { CreateTableDefaultPermissions, ...definition } = database.definition;
  return {
    Name: database.name,
    ...definition,
    CreateTime: new Date(database.createdMs),
    CreateTableDefaultPermissions: CreateTableDefaultPermissions as Database["CreateTableDefaultPermissions"],
    CatalogId: scope.catalogId,
  };
}
