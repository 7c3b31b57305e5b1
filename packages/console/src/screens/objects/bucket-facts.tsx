import { Badge, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useAws } from "../../api/queries.ts";
import { orAbsent } from "./settings.ts";

export interface EncryptionRule {
  readonly algorithm: string;
  readonly keyId: string | undefined;
  readonly hasBucketKey: boolean;
}

export function useVersioning(bucket: string): UseQueryResult<string, Error> {
  return useAws("s3", ["versioning", bucket], async (s3) => {
    const { Status } = await s3.getBucketVersioning({ Bucket: bucket });
    return Status ?? "Off";
  });
}

export function useEncryption(bucket: string): UseQueryResult<EncryptionRule, Error> {
  return useAws("s3", ["encryption", bucket], async (s3) => {
    const output = await orAbsent(s3.getBucketEncryption({ Bucket: bucket }));
    const rule = output?.ServerSideEncryptionConfiguration?.Rules?.[0];
    return {
      algorithm: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? "none",
      keyId: rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID,
      hasBucketKey: rule?.BucketKeyEnabled ?? false,
    };
  });
}

/** `SSE-S3`, `SSE-KMS` as people say, and as AWS's documents do. */
export function encryptionName(algorithm: string | undefined): string {
  if (algorithm === "aws:kms") return "SSE-KMS";
  if (algorithm === "aws:kms:dsse") return "DSSE-KMS";
  return algorithm === "AES256" ? "SSE-S3" : (algorithm ?? "none");
}

export function BucketVersioningBadge({ bucket }: { readonly bucket: string }): ReactNode {
  const { data, error } = useVersioning(bucket);
  if (error !== null) return <Refused error={error} />;
  if (data === undefined || data === "Off")
    return (
      <Text size="sm" c="dimmed">
        {data === undefined ? "" : "off"}
      </Text>
    );
  return (
    <Badge size="sm" variant="light" color={data === "Enabled" ? "teal" : "gray"}>
      {data}
    </Badge>
  );
}

export function BucketEncryptionText({ bucket }: { readonly bucket: string }): ReactNode {
  const { data, error } = useEncryption(bucket);
  if (error !== null) return <Refused error={error} />;
  if (data === undefined) return undefined;
  const key = data.keyId?.split("/").at(-1);
  return (
    <Text size="sm" truncate title={data.keyId} c={data.algorithm === "none" ? "dimmed" : ""}>
      {encryptionName(data.algorithm)}
      {key !== undefined && (
        <Text span size="xs" c="dimmed">
          {" "}
          {key}
        </Text>
      )}
    </Text>
  );
}

function Refused({ error }: { readonly error: Error }): ReactNode {
  return (
    <Text size="xs" c="dimmed" title={error.message} truncate>
      {error.name}
    </Text>
  );
}
