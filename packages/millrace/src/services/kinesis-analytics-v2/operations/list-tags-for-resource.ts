import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { applicationByArn } from "../applications/lookup.ts";
import { tagList } from "../applications/tags.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export function listTagsForResource(
  state: KinesisAnalyticsV2State,
  { ResourceARN: arn }: Input<ListTagsForResourceRequest>,
  call: Call,
): ListTagsForResourceResponse {
  return { Tags: tagList(applicationByArn(state, call, arn).document.tags) };
}
