import { S3Client } from "@aws-sdk/client-s3";
import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { BlobStore } from "../../kernels/objects/port.ts";
import { BlobNames } from "./blob-names.ts";
import { clientConfig } from "./client-config.ts";
import { RemoteBucket } from "./remote-bucket.ts";
import { S3Blobs } from "./s3-blobs.ts";

export interface S3BlobsOptions {
  /** Kept with each version; without a colon. */
  readonly name: string;
  readonly bucket: string;
  /** What all keys begin with: empty, or with a slash at its end. */
  readonly prefix: string;
  /** AWS's own endpoint of the region when undefined. */
  readonly endpoint: string | undefined;
  readonly region: string;
  /** The SDK's default chain when undefined: environment, shared files, the machine's role. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** 16 hexadecimal digits that no other data directory has. */
  readonly owner: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A place for the bytes of objects in another S3. Nothing is asked of the endpoint before there is need. */
export function openS3Blobs(options: S3BlobsOptions): BlobStore {
  const { name, bucket, region, log } = options;
  const client = new S3Client(clientConfig(options));
  return new S3Blobs({
    name,
    log,
    bucket: new RemoteBucket({ client, bucket, region }),
    names: new BlobNames(options),
  });
}

export { RemoteObjects, type RemoteObjectsOptions } from "./statement-objects.ts";
