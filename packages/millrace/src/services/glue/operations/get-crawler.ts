import type { GetCrawlerRequest, GetCrawlerResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { crawlerOutput } from "../crawlers/crawler-document.ts";
import type { GlueState } from "../state.ts";

export function getCrawler(
  { crawlers }: GlueState,
  { Name: name }: Input<GetCrawlerRequest>,
  call: Call,
): GetCrawlerResponse {
  const crawler = crawlers.get(call, name);
  return { Crawler: crawlerOutput(crawler, crawlers.progress(crawler)) };
}
