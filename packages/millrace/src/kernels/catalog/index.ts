export { type Attachment, type AttachmentOwner, Attachments } from "./attachments.ts";
export { Catalog, type CatalogOptions } from "./catalog.ts";
export { type DatabaseEntry, Databases } from "./databases.ts";
export type * from "./definition.ts";
export { type CatalogEntity, CatalogError, type CatalogRefusal } from "./errors.ts";
export { catalogSchema } from "./schema.ts";
export type { CatalogScope, NamePage, Page } from "./scope.ts";
export { type TableEntry, Tables, type TableUpdate } from "./tables.ts";
