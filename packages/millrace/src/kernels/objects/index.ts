export type { Bucket } from "./bucket.ts";
export * from "./object-store.ts";
export type {
  Checksum,
  ChecksumAlgorithm,
  Encryption,
  ObjectAttributes,
  ObjectPart,
  ObjectVersion,
  Retention,
} from "./object-version.ts";
