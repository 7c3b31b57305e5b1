import type { TagResourceRequest, TagResourceResponse } from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { applicationByArn } from "../applications/lookup.ts";
import { checkTaggable, newTags } from "../applications/tags.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function tagResource(
  state: KinesisAnalyticsV2State,
  { ResourceARN: arn, Tags: added }: Input<TagResourceRequest>,
  call: Call,
): Promise<TagResourceResponse> {
  await state.applications.change(applicationByArn(state, call, arn), (document) => {
    checkTaggable(document);
    return { ...document, tags: newTags(document.tags, added) };
  });
  return {};
}
