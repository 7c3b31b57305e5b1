import type { OperationTable } from "../../gateway/service.ts";
import { onCatalogById, onConnections, onNamedCatalog, onTaggedResource } from "./access-resources.ts";
import { catalogArn } from "./arn.ts";
import { onCatalog, onDatabase, onTables, ownerOf } from "./catalog-arns.ts";
import { batchDeleteConnection } from "./operations/batch-delete-connection.ts";
import { createCatalog } from "./operations/create-catalog.ts";
import { createClassifier } from "./operations/create-classifier.ts";
import { createConnection } from "./operations/create-connection.ts";
import { createDatabase } from "./operations/create-database.ts";
import { createTable } from "./operations/create-table.ts";
import { deleteCatalog } from "./operations/delete-catalog.ts";
import { deleteClassifier } from "./operations/delete-classifier.ts";
import { deleteConnection } from "./operations/delete-connection.ts";
import { deleteResourcePolicy } from "./operations/delete-resource-policy.ts";
import { getCatalog } from "./operations/get-catalog.ts";
import { getCatalogImportStatus } from "./operations/get-catalog-import-status.ts";
import { getCatalogs } from "./operations/get-catalogs.ts";
import { getClassifier } from "./operations/get-classifier.ts";
import { getClassifiers } from "./operations/get-classifiers.ts";
import { getConnection } from "./operations/get-connection.ts";
import { getConnections } from "./operations/get-connections.ts";
import { getDataCatalogEncryptionSettings } from "./operations/get-data-catalog-encryption-settings.ts";
import { getDatabase } from "./operations/get-database.ts";
import { getResourcePolicies } from "./operations/get-resource-policies.ts";
import { getResourcePolicy } from "./operations/get-resource-policy.ts";
import { getTable } from "./operations/get-table.ts";
import { getTags } from "./operations/get-tags.ts";
import { importCatalogToGlue } from "./operations/import-catalog-to-glue.ts";
import { putDataCatalogEncryptionSettings } from "./operations/put-data-catalog-encryption-settings.ts";
import { putResourcePolicy } from "./operations/put-resource-policy.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { testConnection } from "./operations/test-connection.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateCatalog } from "./operations/update-catalog.ts";
import { updateClassifier } from "./operations/update-classifier.ts";
import { updateConnection } from "./operations/update-connection.ts";
import type { GlueState } from "./state.ts";

/** What Millrace has of glue. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<GlueState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  BatchDeleteConnection: {
    run: batchDeleteConnection,
    resources: (_state, input, call) => onConnections(input.ConnectionNameList, input, call),
  },
  // coverage: no federated catalogs, none of Redshift (501)
  CreateCatalog: { run: createCatalog, resources: (_state, input, call) => onNamedCatalog(input.Name, call) },
  CreateClassifier: { run: createClassifier, resources: () => ["*"] },
  // coverage: JDBC, KAFKA, MONGODB, NETWORK, CUSTOM, MARKETPLACE and view validation; no AuthenticationConfiguration (501)
  CreateConnection: {
    run: createConnection,
    resources: (_state, input, call) => onConnections([input.ConnectionInput.Name], input, call),
  },
  CreateDatabase: {
    run: createDatabase,
    resources: (_state, input, call) => onDatabase(input.DatabaseInput.Name, input, call),
  },
  CreateTable: {
    run: createTable,
    resources: (_state, input, call) =>
      onTables(input.DatabaseName, [input.TableInput?.Name ?? "*"], input, call),
  },
  DeleteCatalog: { run: deleteCatalog, ...onCatalogById },
  DeleteClassifier: { run: deleteClassifier, resources: () => ["*"] },
  DeleteConnection: {
    run: deleteConnection,
    resources: (_state, input, call) => onConnections([input.ConnectionName], input, call),
  },
  DeleteResourcePolicy: { run: deleteResourcePolicy, ...onCatalog },
  GetCatalog: { run: getCatalog, ...onCatalogById },
  GetCatalogImportStatus: { run: getCatalogImportStatus, ...onCatalog },
  GetCatalogs: {
    run: getCatalogs,
    resources: (_state, input, call) => [catalogArn(ownerOf({ CatalogId: input.ParentCatalogId }, call))],
  },
  GetClassifier: { run: getClassifier, resources: () => ["*"] },
  GetClassifiers: { run: getClassifiers, resources: () => ["*"] },
  GetConnection: {
    run: getConnection,
    resources: (_state, input, call) => onConnections([input.Name], input, call),
  },
  GetConnections: {
    run: getConnections,
    resources: (_state, input, call) => onConnections(["*"], input, call),
  },
  GetDataCatalogEncryptionSettings: { run: getDataCatalogEncryptionSettings, ...onCatalog },
  GetDatabase: {
    run: getDatabase,
    resources: (_state, input, call) => onDatabase(input.Name, input, call),
  },
  GetResourcePolicies: { run: getResourcePolicies, ...onCatalog },
  GetResourcePolicy: { run: getResourcePolicy, ...onCatalog },
  GetTable: {
    run: getTable,
    resources: (_state, input, call) => onTables(input.DatabaseName, [input.Name], input, call),
  },
  GetTags: { run: getTags, ...onTaggedResource },
  ImportCatalogToGlue: { run: importCatalogToGlue, ...onCatalog },
  // coverage: passwords of connections; no encryption of the catalog at rest (501)
  PutDataCatalogEncryptionSettings: { run: putDataCatalogEncryptionSettings, ...onCatalog },
  // coverage: EnableHybrid changes nothing: there are no grants of Lake Formation
  PutResourcePolicy: { run: putResourcePolicy, ...onCatalog },
  TagResource: { run: tagResource, ...onTaggedResource },
  // coverage: JDBC to PostgreSQL and MySQL, others 501
  TestConnection: {
    run: testConnection,
    resources: (_state, input, call) =>
      input.ConnectionName === undefined
        ? [catalogArn(ownerOf(input, call))]
        : onConnections([input.ConnectionName], input, call),
  },
  UntagResource: { run: untagResource, ...onTaggedResource },
  UpdateCatalog: { run: updateCatalog, ...onCatalogById },
  UpdateClassifier: { run: updateClassifier, resources: () => ["*"] },
  UpdateConnection: {
    run: updateConnection,
    resources: (_state, input, call) => onConnections([input.Name], input, call),
  },
};
