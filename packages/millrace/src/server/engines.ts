import type { RemoteObjectsOptions } from "../engines/s3/index.ts";
import type { BlobStore } from "../kernels/objects/index.ts";
import type { StatementObjects } from "../kernels/warehouse/objects-port.ts";
import type { RemotePlace } from "./object-store-setting.ts";
import type { ServiceContext } from "./service-context.ts";

// Engines are loaded when the configuration asks for them: their libraries cost memory and time.

/** A place for the bytes of objects in another S3. */
export async function openRemoteBlobs(
  context: ServiceContext,
  place: RemotePlace,
  owner: string,
): Promise<BlobStore> {
  const { openS3Blobs } = await import("../engines/s3/index.ts");
  const { clock, log, configuration } = context;
  return openS3Blobs({ ...place, credentials: configuration.objectStoreCredentials, owner, clock, log });
}

/** S3 of a statement of the warehouse at another endpoint. */
export async function openRemoteObjects(options: RemoteObjectsOptions): Promise<StatementObjects> {
  const { RemoteObjects } = await import("../engines/s3/index.ts");
  return new RemoteObjects(options);
}
