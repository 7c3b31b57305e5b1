import type { PutBucketCorsRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { changeSettings } from "../bucket-change.ts";
import { corsRules } from "../cors/cors-input.ts";
import type { S3State } from "../state.ts";

export async function putBucketCors(state: S3State, input: Input<PutBucketCorsRequest>): Promise<void> {
  const cors = corsRules(input.CORSConfiguration.CORSRules);
  await changeSettings(state, input, () => ({ cors }));
}
