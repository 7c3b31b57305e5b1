import type {
  PutBucketLifecycleConfigurationOutput,
  PutBucketLifecycleConfigurationRequest,
} from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { changeSettings } from "../bucket-change.ts";
import { invalidRequest } from "../errors.ts";
import { lifecycleRules } from "../lifecycle/lifecycle-input.ts";
import type { S3State } from "../state.ts";

export async function putBucketLifecycleConfiguration(
  state: S3State,
  input: Input<PutBucketLifecycleConfigurationRequest>,
): Promise<PutBucketLifecycleConfigurationOutput> {
  const minimumSize = input.TransitionDefaultMinimumObjectSize ?? "all_storage_classes_128K";
  if (minimumSize !== "all_storage_classes_128K" && minimumSize !== "varies_by_storage_class")
    throw invalidRequest("TransitionDefaultMinimumObjectSize is not valid");
  const rules = lifecycleRules(input.LifecycleConfiguration?.Rules);
  await changeSettings(state, input, () => ({ lifecycle: { rules, minimumSize } }));
  state.lifecycle.wake();
  return { TransitionDefaultMinimumObjectSize: minimumSize };
}
