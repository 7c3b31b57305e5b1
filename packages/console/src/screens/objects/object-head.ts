import type { HeadObjectOutput } from "@aws-sdk/client-s3";
import type { UseQueryResult } from "@tanstack/react-query";
import { useAws } from "../../api/queries.ts";

export interface ObjectIdentity {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
}

/** What `HeadObject` tells. */
export interface ObjectHead {
  readonly size: number;
  readonly etag: string | undefined;
  readonly contentType: string | undefined;
  readonly modifiedAt: Date | undefined;
  readonly all: HeadObjectOutput;
}

export function useHead({ bucket, key, versionId }: ObjectIdentity): UseQueryResult<ObjectHead, Error> {
  return useAws("s3", ["head", bucket, key, versionId], async (s3) => {
    const all = await s3.headObject({
      Bucket: bucket,
      Key: key,
      VersionId: versionId,
      ChecksumMode: "ENABLED",
    });
    return {
      size: all.ContentLength ?? 0,
      etag: all.ETag,
      contentType: all.ContentType,
      modifiedAt: all.LastModified,
      all,
    };
  });
}
