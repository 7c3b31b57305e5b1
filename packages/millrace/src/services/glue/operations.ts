import type { OperationTable } from "../../gateway/service.ts";
import {
  onCatalogById,
  onConnections,
  onFunctions,
  onNamedCatalog,
  onStatistics,
  onTaggedResource,
} from "./access-resources.ts";
import { catalogArn } from "./arn.ts";
import { onCatalog, onDatabase, onDatabaseContents, onTableName, onTables, ownerOf } from "./catalog-arns.ts";
import { onCrawlerName, onCrawlerNames, onName, onNewRole } from "./crawlers/crawler-access.ts";
import { batchCreatePartition } from "./operations/batch-create-partition.ts";
import { batchDeleteConnection } from "./operations/batch-delete-connection.ts";
import { batchDeletePartition } from "./operations/batch-delete-partition.ts";
import { batchDeleteTable } from "./operations/batch-delete-table.ts";
import { batchDeleteTableVersion } from "./operations/batch-delete-table-version.ts";
import { batchGetCrawlers } from "./operations/batch-get-crawlers.ts";
import { batchGetPartition } from "./operations/batch-get-partition.ts";
import { batchUpdatePartition } from "./operations/batch-update-partition.ts";
import { createCatalog } from "./operations/create-catalog.ts";
import { createClassifier } from "./operations/create-classifier.ts";
import { createConnection } from "./operations/create-connection.ts";
import { createCrawler } from "./operations/create-crawler.ts";
import { createDatabase } from "./operations/create-database.ts";
import { createPartition } from "./operations/create-partition.ts";
import { createPartitionIndex } from "./operations/create-partition-index.ts";
import { createTable } from "./operations/create-table.ts";
import { createUserDefinedFunction } from "./operations/create-user-defined-function.ts";
import { deleteCatalog } from "./operations/delete-catalog.ts";
import { deleteClassifier } from "./operations/delete-classifier.ts";
import { deleteColumnStatisticsForPartition } from "./operations/delete-column-statistics-for-partition.ts";
import { deleteColumnStatisticsForTable } from "./operations/delete-column-statistics-for-table.ts";
import { deleteConnection } from "./operations/delete-connection.ts";
import { deleteCrawler } from "./operations/delete-crawler.ts";
import { deleteDatabase } from "./operations/delete-database.ts";
import { deletePartition } from "./operations/delete-partition.ts";
import { deletePartitionIndex } from "./operations/delete-partition-index.ts";
import { deleteResourcePolicy } from "./operations/delete-resource-policy.ts";
import { deleteTable } from "./operations/delete-table.ts";
import { deleteTableVersion } from "./operations/delete-table-version.ts";
import { deleteUserDefinedFunction } from "./operations/delete-user-defined-function.ts";
import { getCatalog } from "./operations/get-catalog.ts";
import { getCatalogImportStatus } from "./operations/get-catalog-import-status.ts";
import { getCatalogs } from "./operations/get-catalogs.ts";
import { getClassifier } from "./operations/get-classifier.ts";
import { getClassifiers } from "./operations/get-classifiers.ts";
import { getColumnStatisticsForPartition } from "./operations/get-column-statistics-for-partition.ts";
import { getColumnStatisticsForTable } from "./operations/get-column-statistics-for-table.ts";
import { getConnection } from "./operations/get-connection.ts";
import { getConnections } from "./operations/get-connections.ts";
import { getCrawler } from "./operations/get-crawler.ts";
import { getCrawlerMetrics } from "./operations/get-crawler-metrics.ts";
import { getCrawlers } from "./operations/get-crawlers.ts";
import { getDataCatalogEncryptionSettings } from "./operations/get-data-catalog-encryption-settings.ts";
import { getDatabase } from "./operations/get-database.ts";
import { getDatabases } from "./operations/get-databases.ts";
import { getPartition } from "./operations/get-partition.ts";
import { getPartitionIndexes } from "./operations/get-partition-indexes.ts";
import { getPartitions } from "./operations/get-partitions.ts";
import { getResourcePolicies } from "./operations/get-resource-policies.ts";
import { getResourcePolicy } from "./operations/get-resource-policy.ts";
import { getTable } from "./operations/get-table.ts";
import { getTableVersion } from "./operations/get-table-version.ts";
import { getTableVersions } from "./operations/get-table-versions.ts";
import { getTables } from "./operations/get-tables.ts";
import { getTags } from "./operations/get-tags.ts";
import { getUserDefinedFunction } from "./operations/get-user-defined-function.ts";
import { getUserDefinedFunctions } from "./operations/get-user-defined-functions.ts";
import { importCatalogToGlue } from "./operations/import-catalog-to-glue.ts";
import { listCrawlers } from "./operations/list-crawlers.ts";
import { listCrawls } from "./operations/list-crawls.ts";
import { putDataCatalogEncryptionSettings } from "./operations/put-data-catalog-encryption-settings.ts";
import { putResourcePolicy } from "./operations/put-resource-policy.ts";
import { searchTables } from "./operations/search-tables.ts";
import { startCrawler } from "./operations/start-crawler.ts";
import { startCrawlerSchedule } from "./operations/start-crawler-schedule.ts";
import { stopCrawler } from "./operations/stop-crawler.ts";
import { stopCrawlerSchedule } from "./operations/stop-crawler-schedule.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { testConnection } from "./operations/test-connection.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateCatalog } from "./operations/update-catalog.ts";
import { updateClassifier } from "./operations/update-classifier.ts";
import { updateColumnStatisticsForPartition } from "./operations/update-column-statistics-for-partition.ts";
import { updateColumnStatisticsForTable } from "./operations/update-column-statistics-for-table.ts";
import { updateConnection } from "./operations/update-connection.ts";
import { updateCrawler } from "./operations/update-crawler.ts";
import { updateCrawlerSchedule } from "./operations/update-crawler-schedule.ts";
import { updateDatabase } from "./operations/update-database.ts";
import { updatePartition } from "./operations/update-partition.ts";
import { updateTable } from "./operations/update-table.ts";
import { updateUserDefinedFunction } from "./operations/update-user-defined-function.ts";
import type { GlueState } from "./state.ts";

/** What Millrace has of glue. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<GlueState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  BatchCreatePartition: { run: batchCreatePartition, ...onTableName },
  BatchDeleteConnection: {
    run: batchDeleteConnection,
    resources: (_state, input, call) => onConnections(input.ConnectionNameList, input, call),
  },
  BatchDeletePartition: { run: batchDeletePartition, ...onTableName },
  BatchDeleteTable: {
    run: batchDeleteTable,
    resources: (_state, input, call) => onTables(input.DatabaseName, input.TablesToDelete, input, call),
  },
  BatchDeleteTableVersion: { run: batchDeleteTableVersion, ...onTableName },
  BatchGetCrawlers: { run: batchGetCrawlers, ...onCrawlerNames },
  BatchGetPartition: { run: batchGetPartition, ...onTableName },
  BatchUpdatePartition: { run: batchUpdatePartition, ...onTableName },
  // coverage: no federated catalogs, none of Redshift (501)
  CreateCatalog: { run: createCatalog, resources: (_state, input, call) => onNamedCatalog(input.Name, call) },
  CreateClassifier: { run: createClassifier, resources: () => ["*"] },
  // coverage: JDBC, KAFKA, MONGODB, NETWORK, CUSTOM, MARKETPLACE and view validation; no AuthenticationConfiguration (501)
  CreateConnection: {
    run: createConnection,
    resources: (_state, input, call) => onConnections([input.ConnectionInput.Name], input, call),
  },
  // coverage: S3, catalog, PostgreSQL and MySQL targets; no event mode, lineage, security configurations or Lake Formation (501)
  CreateCrawler: { run: createCrawler, ...onNewRole },
  // coverage: no federated databases (501)
  CreateDatabase: {
    run: createDatabase,
    resources: (_state, input, call) => onDatabase(input.DatabaseInput.Name, input, call),
  },
  CreatePartition: { run: createPartition, ...onTableName },
  CreatePartitionIndex: { run: createPartitionIndex, ...onTableName },
  // coverage: no federated tables, no views of several dialects, no open table formats (501)
  CreateTable: {
    run: createTable,
    resources: (_state, input, call) =>
      onTables(input.DatabaseName, [input.TableInput?.Name ?? "*"], input, call),
  },
  CreateUserDefinedFunction: {
    run: createUserDefinedFunction,
    resources: (_state, input, call) =>
      onFunctions(input.DatabaseName, [input.FunctionInput.FunctionName ?? "*"], input, call),
  },
  DeleteCatalog: { run: deleteCatalog, ...onCatalogById },
  DeleteClassifier: { run: deleteClassifier, resources: () => ["*"] },
  DeleteColumnStatisticsForPartition: { run: deleteColumnStatisticsForPartition, ...onStatistics },
  DeleteColumnStatisticsForTable: { run: deleteColumnStatisticsForTable, ...onStatistics },
  DeleteConnection: {
    run: deleteConnection,
    resources: (_state, input, call) => onConnections([input.ConnectionName], input, call),
  },
  DeleteCrawler: { run: deleteCrawler, ...onName },
  DeleteDatabase: {
    run: deleteDatabase,
    resources: (_state, input, call) => onDatabaseContents(input.Name, input, call),
  },
  DeletePartition: { run: deletePartition, ...onTableName },
  DeletePartitionIndex: { run: deletePartitionIndex, ...onTableName },
  DeleteResourcePolicy: { run: deleteResourcePolicy, ...onCatalog },
  DeleteTable: {
    run: deleteTable,
    resources: (_state, input, call) => onTables(input.DatabaseName, [input.Name], input, call),
  },
  DeleteTableVersion: { run: deleteTableVersion, ...onTableName },
  DeleteUserDefinedFunction: {
    run: deleteUserDefinedFunction,
    resources: (_state, input, call) => onFunctions(input.DatabaseName, [input.FunctionName], input, call),
  },
  GetCatalog: { run: getCatalog, ...onCatalogById },
  GetCatalogImportStatus: { run: getCatalogImportStatus, ...onCatalog },
  GetCatalogs: {
    run: getCatalogs,
    resources: (_state, input, call) => [catalogArn(ownerOf({ CatalogId: input.ParentCatalogId }, call))],
  },
  GetClassifier: { run: getClassifier, resources: () => ["*"] },
  GetClassifiers: { run: getClassifiers, resources: () => ["*"] },
  GetColumnStatisticsForPartition: { run: getColumnStatisticsForPartition, ...onStatistics },
  GetColumnStatisticsForTable: { run: getColumnStatisticsForTable, ...onStatistics },
  GetConnection: {
    run: getConnection,
    resources: (_state, input, call) => onConnections([input.Name], input, call),
  },
  GetConnections: {
    run: getConnections,
    resources: (_state, input, call) => onConnections(["*"], input, call),
  },
  GetCrawler: { run: getCrawler, ...onName },
  GetCrawlerMetrics: { run: getCrawlerMetrics, resources: () => ["*"] },
  GetCrawlers: { run: getCrawlers, resources: () => ["*"] },
  GetDataCatalogEncryptionSettings: { run: getDataCatalogEncryptionSettings, ...onCatalog },
  GetDatabase: {
    run: getDatabase,
    resources: (_state, input, call) => onDatabase(input.Name, input, call),
  },
  GetDatabases: { run: getDatabases, resources: (_state, input, call) => onDatabase("*", input, call) },
  GetPartition: { run: getPartition, ...onTableName },
  GetPartitionIndexes: { run: getPartitionIndexes, ...onTableName },
  // coverage: no QueryAsOfTime (501); a value that is not of its key's type matches nothing
  GetPartitions: { run: getPartitions, ...onTableName },
  GetResourcePolicies: { run: getResourcePolicies, ...onCatalog },
  GetResourcePolicy: { run: getResourcePolicy, ...onCatalog },
  GetTable: {
    run: getTable,
    resources: (_state, input, call) => onTables(input.DatabaseName, [input.Name], input, call),
  },
  GetTableVersion: { run: getTableVersion, ...onTableName },
  GetTableVersions: { run: getTableVersions, ...onTableName },
  GetTables: {
    run: getTables,
    resources: (_state, input, call) => onTables(input.DatabaseName, ["*"], input, call),
  },
  GetTags: { run: getTags, ...onTaggedResource },
  GetUserDefinedFunction: {
    run: getUserDefinedFunction,
    resources: (_state, input, call) => onFunctions(input.DatabaseName, [input.FunctionName], input, call),
  },
  GetUserDefinedFunctions: {
    run: getUserDefinedFunctions,
    resources: (_state, input, call) => onFunctions(input.DatabaseName ?? "*", ["*"], input, call),
  },
  ImportCatalogToGlue: { run: importCatalogToGlue, ...onCatalog },
  ListCrawlers: { run: listCrawlers, resources: () => ["*"] },
  ListCrawls: { run: listCrawls, ...onCrawlerName },
  // coverage: passwords of connections; no encryption of the catalog at rest (501)
  PutDataCatalogEncryptionSettings: { run: putDataCatalogEncryptionSettings, ...onCatalog },
  // coverage: EnableHybrid changes nothing: there are no grants of Lake Formation
  PutResourcePolicy: { run: putResourcePolicy, ...onCatalog },
  // coverage: tables of the catalog alone, none shared by other accounts
  SearchTables: { run: searchTables, resources: (_state, input, call) => onTables("*", ["*"], input, call) },
  StartCrawler: { run: startCrawler, ...onName },
  StartCrawlerSchedule: { run: startCrawlerSchedule, ...onCrawlerName },
  StopCrawler: { run: stopCrawler, ...onName },
  StopCrawlerSchedule: { run: stopCrawlerSchedule, ...onCrawlerName },
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
  UpdateColumnStatisticsForPartition: { run: updateColumnStatisticsForPartition, ...onStatistics },
  UpdateColumnStatisticsForTable: { run: updateColumnStatisticsForTable, ...onStatistics },
  UpdateConnection: {
    run: updateConnection,
    resources: (_state, input, call) => onConnections([input.Name], input, call),
  },
  UpdateCrawler: { run: updateCrawler, ...onNewRole },
  UpdateCrawlerSchedule: { run: updateCrawlerSchedule, ...onCrawlerName },
  UpdateDatabase: {
    run: updateDatabase,
    resources: (_state, input, call) => onDatabase(input.Name, input, call),
  },
  UpdatePartition: { run: updatePartition, ...onTableName },
  // coverage: no federated tables, no views of several dialects, no open table formats (501)
  UpdateTable: {
    run: updateTable,
    resources: (_state, input, call) =>
      onTables(input.DatabaseName, [input.TableInput?.Name ?? "*"], input, call),
  },
  UpdateUserDefinedFunction: {
    run: updateUserDefinedFunction,
    resources: (_state, input, call) => onFunctions(input.DatabaseName, [input.FunctionName], input, call),
  },
};
