import { messageOf, systemCode } from "../../core/errors.ts";
import {
  DamagedObjectError,
  ObjectGoneError,
  ObjectStoreError,
  StoreUnavailableError,
} from "../../kernels/objects/errors-port.ts";

/** The name of an endpoint's error, `NoSuchUpload`, or what the network says, `ECONNREFUSED`. */
export function remoteCode(thrown: unknown): string {
  const code = systemCode(thrown);
  if (code !== undefined) return code;
  return thrown instanceof Error ? thrown.name : "Error";
}

function remoteStatus(thrown: unknown): number | undefined {
  if (typeof thrown !== "object" || thrown === null || !("$metadata" in thrown)) return undefined;
  const metadata = thrown.$metadata as { readonly httpStatusCode?: number } | undefined;
  return metadata?.httpStatusCode;
}

/** Wraps what the SDK threw, once. The cause says more than a client should read. */
export function remoteFailure(store: string, thrown: unknown): ObjectStoreError {
  if (thrown instanceof ObjectStoreError) return thrown;
  return new StoreUnavailableError(`the object store ${store} failed: ${remoteCode(thrown)}`, thrown);
}

/** The same for a request that reads a blob. */
export function readFailure(store: string, id: string, thrown: unknown): ObjectStoreError {
  if (thrown instanceof ObjectStoreError) return thrown;
  const code = remoteCode(thrown);
  if (code === "NoSuchKey" || code === "NotFound") return new ObjectGoneError(id, thrown);
  if (code === "InvalidRange" || remoteStatus(thrown) === 416)
    return new DamagedObjectError(`blob ${id} is shorter than what was written: ${messageOf(thrown)}`);
  return remoteFailure(store, thrown);
}
