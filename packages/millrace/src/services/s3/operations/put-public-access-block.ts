import type { PutPublicAccessBlockRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { changeSettings } from "../bucket-change.ts";
import type { PublicAccessBlock } from "../bucket-settings.ts";
import type { S3State } from "../state.ts";

export async function putPublicAccessBlock(
  state: S3State,
  input: Input<PutPublicAccessBlockRequest>,
): Promise<void> {
  const asked = input.PublicAccessBlockConfiguration;
  const publicAccess: PublicAccessBlock = {
    blockPublicAcls: asked.BlockPublicAcls === true,
    ignorePublicAcls: asked.IgnorePublicAcls === true,
    blockPublicPolicy: asked.BlockPublicPolicy === true,
    restrictPublicBuckets: asked.RestrictPublicBuckets === true,
  };
  await changeSettings(state, input, () => ({ publicAccess }));
}
