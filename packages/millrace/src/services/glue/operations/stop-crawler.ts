import type { StopCrawlerRequest, StopCrawlerResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { GlueState } from "../state.ts";

export function stopCrawler(
  { crawlers }: GlueState,
  { Name: name }: Input<StopCrawlerRequest>,
  call: Call,
): StopCrawlerResponse {
  crawlers.runs.stop(crawlers.get(call, name));
  return {};
}
