export { type Attachment, type AttachmentOwner, Attachments } from "./attachments.ts";
export { Catalog, type CatalogOptions } from "./catalog.ts";
export { type DatabaseEntry, Databases } from "./databases.ts";
export type * from "./definition.ts";
export { type CatalogEntity, CatalogError, type CatalogRefusal } from "./errors.ts";
export type { IndexStatus, PartitionIndexEntry } from "./partition-index.ts";
export { type PartitionIndexDefinition, PartitionIndexes } from "./partition-indexes.ts";
export { type PartitionKey, partitionKeysOf } from "./partition-key.ts";
export type { PartitionPosition, PartitionSegment } from "./partition-scan.ts";
export {
  type PartitionEntry,
  type PartitionInput,
  type PartitionOutcome,
  type PartitionPageOptions,
  Partitions,
} from "./partitions.ts";
export { catalogSchema } from "./schema.ts";
export type { CatalogScope, NamePage, Page } from "./scope.ts";
export type { FoundInCatalog, TableEntry } from "./table-entry.ts";
export { TableVersions, type VersionPage, versionNumber } from "./table-versions.ts";
export type { TableUpdate } from "./tables.ts";
