import type { StartCrawlerRequest, StartCrawlerResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { GlueState } from "../state.ts";

export async function startCrawler(
  { crawlers }: GlueState,
  { Name: name }: Input<StartCrawlerRequest>,
  call: Call,
): Promise<StartCrawlerResponse> {
  await crawlers.runs.start(crawlers.get(call, name));
  return {};
}
