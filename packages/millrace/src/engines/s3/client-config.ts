import type { S3ClientConfig } from "@aws-sdk/client-s3";
import { connectTimeoutMs, maxAttempts, maxConnections, silenceTimeoutMs } from "./limits.ts";

export interface EndpointOptions {
  /** AWS's own endpoint of the region when undefined. */
  readonly endpoint: string | undefined;
  readonly region: string;
  /** The SDK's default chain when undefined: environment, shared files, the machine's role. */
  readonly credentials: S3ClientConfig["credentials"] | undefined;
}

const silent = Object.freeze({ trace() {}, debug() {}, info() {}, warn() {}, error() {} });

/** How Millrace talks to another S3. */
export function clientConfig({ endpoint, region, credentials }: EndpointOptions): S3ClientConfig {
  const agent = { keepAlive: true, maxSockets: maxConnections };
  return {
    region,
    // Said even for AWS: AWS_ENDPOINT_URL may well name this Millrace.
    endpoint: endpoint ?? `https://s3.${region}.amazonaws.com`,
    forcePathStyle: endpoint !== undefined,
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts,
    // The signature covers the body's SHA-256; not all endpoints know S3's newer checksums.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    expectContinueHeader: false,
    logger: silent,
    requestHandler: {
      connectionTimeout: connectTimeoutMs,
      socketTimeout: silenceTimeoutMs,
      httpAgent: agent,
      httpsAgent: agent,
      logger: silent,
    },
  };
}
