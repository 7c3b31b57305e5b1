import type { PutBucketVersioningRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { illegalVersioning, invalidBucketState, unsupported } from "../configuration-errors.ts";
import { malformedXml } from "../errors.ts";
import type { S3State } from "../state.ts";

export async function putBucketVersioning(
  state: S3State,
  input: Input<PutBucketVersioningRequest>,
): Promise<void> {
  const { Status, MFADelete } = input.VersioningConfiguration;
  if (MFADelete === "Enabled") throw unsupported("MFA Delete");
  if (Status === undefined) throw illegalVersioning();
  if (Status !== "Enabled" && Status !== "Suspended") throw malformedXml();
  const { name } = findBucket(state, input);
  await state.objects.changeBucket(name, (bucket) => {
    if (Status === "Suspended" && bucket.objectLock)
      throw invalidBucketState(
        "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
      );
    return { ...bucket, versioning: Status === "Enabled" ? "enabled" : "suspended" };
  });
}
