// What a `BlobStore` throws, for engines: they import ports alone.
export {
  DamagedObjectError,
  ObjectGoneError,
  ObjectInputError,
  ObjectStoreError,
  StoreUnavailableError,
} from "./errors.ts";
