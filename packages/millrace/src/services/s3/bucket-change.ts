import type { Bucket } from "../../kernels/objects/index.ts";
import { type BucketInput, findBucket } from "./bucket-lookup.ts";
import { type BucketSettings, withSettings } from "./bucket-settings.ts";
import type { S3State } from "./state.ts";

/** Changes settings of a bucket. `change` sees the bucket in the moment of the commit, and may refuse. */
export async function changeSettings(
  state: S3State,
  input: BucketInput,
  change: (bucket: Bucket) => BucketSettings,
): Promise<void> {
  const { name } = findBucket(state, input);
  await state.objects.changeBucket(name, (bucket) => withSettings(bucket, change(bucket)));
}
