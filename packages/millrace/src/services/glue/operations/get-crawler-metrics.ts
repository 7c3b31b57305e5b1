import type { GetCrawlerMetricsRequest, GetCrawlerMetricsResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { crawlerMetrics } from "../crawlers/crawler-metrics.ts";
import { pageOfNames } from "../name-page.ts";
import type { GlueState } from "../state.ts";

const defaultSize = 100;

export function getCrawlerMetrics(
  { crawlers, tokens }: GlueState,
  input: Input<GetCrawlerMetricsRequest>,
  call: Call,
): GetCrawlerMetricsResponse {
  const names = input.CrawlerNameList ?? [];
  const wanted = new Set(names);
  const chosen = crawlers.list(call).filter(({ name }) => names.length === 0 || wanted.has(name));
  const filters = { names: JSON.stringify(names) };
  const options = { tokens, call, filters, defaultSize };
  const { items, NextToken } = pageOfNames(chosen, ({ name }) => name, input, options);
  return { CrawlerMetricsList: items.map((crawler) => crawlerMetrics(crawlers, crawler)), NextToken };
}
