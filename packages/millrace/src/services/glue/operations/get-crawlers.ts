import type { GetCrawlersRequest, GetCrawlersResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { crawlerOutput } from "../crawlers/crawler-document.ts";
import { pageOfNames } from "../name-page.ts";
import type { GlueState } from "../state.ts";

const defaultSize = 100;

export function getCrawlers(
  { crawlers, tokens }: GlueState,
  input: Input<GetCrawlersRequest>,
  call: Call,
): GetCrawlersResponse {
  const page = pageOfNames(crawlers.list(call), ({ name }) => name, input, { tokens, call, defaultSize });
  const found = page.items.map((crawler) => crawlerOutput(crawler, crawlers.progress(crawler)));
  return { Crawlers: found, NextToken: page.NextToken };
}
