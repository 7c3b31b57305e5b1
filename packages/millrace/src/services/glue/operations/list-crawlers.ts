import type { ListCrawlersRequest, ListCrawlersResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { crawlerArn } from "../arn.ts";
import { pageOfNames } from "../name-page.ts";
import type { GlueState } from "../state.ts";

const defaultSize = 100;

export function listCrawlers(
  { crawlers, tags, tokens }: GlueState,
  input: Input<ListCrawlersRequest>,
  call: Call,
): ListCrawlersResponse {
  const wanted = Object.entries(input.Tags ?? {});
  const listed = crawlers.list(call).filter(({ name }) => {
    const own = wanted.length === 0 ? {} : tags.of(crawlerArn(call, name));
    return wanted.every(([key, value]) => own[key] === value);
  });
  const filters = { tags: JSON.stringify(wanted) };
  const options = { tokens, call, filters, defaultSize };
  const { items, NextToken } = pageOfNames(listed, ({ name }) => name, input, options);
  return { CrawlerNames: items.map(({ name }) => name), NextToken };
}
