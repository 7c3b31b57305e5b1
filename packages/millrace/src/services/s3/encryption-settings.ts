import type { ServerSideEncryptionRule } from "@aws-sdk/client-s3";
import type { BucketEncryption } from "./bucket-settings.ts";
import { unsupported } from "./configuration-errors.ts";
import { invalidArgument, malformedXml } from "./errors.ts";

/** A bucket's default encryption as it is kept. @throws ServiceError when AWS would not take it. */
export function keptEncryption(rules: readonly ServerSideEncryptionRule[]): BucketEncryption {
  const [rule, second] = rules;
  if (rule === undefined || second !== undefined) throw malformedXml();
  const byDefault = rule.ApplyServerSideEncryptionByDefault;
  const blocked = rule.BlockedEncryptionTypes?.EncryptionType ?? [];
  if (byDefault === undefined && blocked.length === 0) throw malformedXml();
  const { SSEAlgorithm: algorithm, KMSMasterKeyID: keyId } = byDefault ?? {};
  if (algorithm === "aws:kms:dsse") throw unsupported("Dual-layer encryption (aws:kms:dsse)");
  if (algorithm !== undefined && algorithm !== "AES256" && algorithm !== "aws:kms") throw malformedXml();
  if (keyId !== undefined && algorithm !== "aws:kms")
    throw invalidArgument(
      "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
      "ApplyServerSideEncryptionByDefault",
    );
  return {
    algorithm,
    keyId,
    bucketKey: rule.BucketKeyEnabled === true,
    ...(blocked.includes("SSE-C") ? { blocksCustomerKeys: true } : {}),
  };
}

/** A bucket's default encryption as clients read it. */
export function describeEncryption(encryption: BucketEncryption): ServerSideEncryptionRule {
  const { algorithm, keyId, bucketKey, blocksCustomerKeys } = encryption;
  return {
    ...(algorithm === undefined
      ? {}
      : { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm, KMSMasterKeyID: keyId } }),
    BucketKeyEnabled: bucketKey,
    ...(blocksCustomerKeys === true ? { BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] } } : {}),
  };
}
