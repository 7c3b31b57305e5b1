import type { CrawlerHistory, ListCrawlsRequest, ListCrawlsResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { crawlFilter } from "../crawlers/crawl-filter.ts";
import { crawlHistory } from "../crawlers/crawl-history.ts";
import { invalidInput } from "../errors.ts";
import type { GlueState } from "../state.ts";

const defaultSize = 20;
const maxSize = 100;

export function listCrawls(
  { crawlers, tokens }: GlueState,
  input: Input<ListCrawlsRequest>,
  call: Call,
): ListCrawlsResponse {
  const { CrawlerName: name, Filters: wanted = [], NextToken: token } = input;
  const crawler = crawlers.get(call, name);
  const matches = crawlFilter(wanted);
  const { account, region } = call;
  const filters = { crawler: crawler.id, filters: JSON.stringify(wanted) };
  const scope = { operation: "glue:ListCrawls", account, region, filters };
  let below: number | undefined;
  if (token !== undefined) {
    const opened = tokens.open(scope, token);
    if (opened.kind !== "valid" || typeof opened.position !== "number")
      throw invalidInput("The NextToken is invalid.");
    below = opened.position;
  }
  const size = Math.min(input.MaxResults ?? defaultSize, maxSize);
  const Crawls: CrawlerHistory[] = [];
  let last: number | undefined;
  for (const crawl of crawlers.crawls.newest(crawler.id, below)) {
    const history = crawlHistory(crawler, crawl);
    if (!matches(history)) continue;
    if (Crawls.length === size && last !== undefined) return { Crawls, NextToken: tokens.seal(scope, last) };
    Crawls.push(history);
    last = crawl.seq;
  }
  return { Crawls };
}
