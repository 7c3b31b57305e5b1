export type { Bucket } from "./bucket.ts";
export { type CrcAlgorithm, type CrcOfPart, combineCrcs } from "./crc-combine.ts";
export { Digests, type Written } from "./digests.ts";
export {
  BucketExistsError,
  BucketNotEmptyError,
  DamagedObjectError,
  NoSuchBucketError,
  NoSuchPartError,
  NoSuchUploadError,
  NoSuchVersionError,
  ObjectGoneError,
  ObjectInputError,
  ObjectStoreError,
  StoreClosedError,
  StoreFailedError,
  StoreFullError,
  StoreInputOutputError,
  StoreUnavailableError,
  WrongCustomerKeyError,
} from "./errors.ts";
export type { DurableFeed, EventFilter, EventListener } from "./event-feed.ts";
export type { ObjectEvent } from "./events.ts";
export type {
  ListOptions,
  ListPage,
  UploadListOptions,
  UploadListPage,
  VersionListOptions,
  VersionListPage,
} from "./list-page.ts";
export type { ObjectKeys } from "./object-keys-port.ts";
export { ObjectStore } from "./object-store.ts";
export type {
  BlobLocation,
  Checksum,
  ChecksumAlgorithm,
  Encryption,
  ObjectAttributes,
  ObjectPart,
  ObjectVersion,
  Retention,
} from "./object-version.ts";
export type { StoreOptions } from "./open-parts.ts";
export type { BlobStore, ByteRange, ByteSource, ObjectBytes } from "./port.ts";
export type {
  CompleteOptions,
  EncryptionRequest,
  PutOptions,
  ReadOptions,
  Removal,
  RemoveOptions,
  Upload,
  UploadedPart,
  UploadPartOptions,
} from "./store-options.ts";
