import type { UntagResourceRequest, UntagResourceResponse } from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { applicationByArn } from "../applications/lookup.ts";
import { checkTaggable } from "../applications/tags.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function untagResource(
  state: KinesisAnalyticsV2State,
  { ResourceARN: arn, TagKeys: keys }: Input<UntagResourceRequest>,
  call: Call,
): Promise<UntagResourceResponse> {
  await state.applications.change(applicationByArn(state, call, arn), (document) => {
    checkTaggable(document);
    const left = Object.entries(document.tags).filter(([key]) => !keys.includes(key));
    return { ...document, tags: Object.fromEntries(left) };
  });
  return {};
}
