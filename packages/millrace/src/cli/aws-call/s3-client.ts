import type { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Connection } from "../connection/connection.ts";

export interface S3Library {
  readonly client: S3Client;
  readonly PutObjectCommand: typeof PutObjectCommand;
}

/** The SDK's client, loaded when it is first needed: bodies of objects stream through it. */
export async function s3Client({ url, region, credentials }: Connection): Promise<S3Library> {
  const { PutObjectCommand: Command, S3Client: Client } = await import("@aws-sdk/client-s3");
  const client = new Client({
    endpoint: url,
    region,
    credentials: { ...credentials },
    forcePathStyle: true,
    // A body that streams cannot be sent again.
    maxAttempts: 1,
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
  return { client, PutObjectCommand: Command };
}
