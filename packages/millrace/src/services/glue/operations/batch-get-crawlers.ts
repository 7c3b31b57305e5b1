import type { BatchGetCrawlersRequest, BatchGetCrawlersResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { crawlerOutput } from "../crawlers/crawler-document.ts";
import type { GlueState } from "../state.ts";

export function batchGetCrawlers(
  { crawlers }: GlueState,
  { CrawlerNames: names }: Input<BatchGetCrawlersRequest>,
  call: Call,
): BatchGetCrawlersResponse {
  const found = names.map((name) => ({ name, crawler: crawlers.find(call, name) }));
  return {
    Crawlers: found.flatMap(({ crawler }) =>
      crawler === undefined ? [] : [crawlerOutput(crawler, crawlers.progress(crawler))],
    ),
    CrawlersNotFound: found.flatMap(({ name, crawler }) => (crawler === undefined ? [name] : [])),
  };
}
