import type { CreateCrawlerRequest, CreateCrawlerResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { crawlerArn } from "../arn.ts";
import { checkCrawler } from "../crawlers/crawler-check.ts";
import { crawlerSettings } from "../crawlers/crawler-request.ts";
import type { GlueState } from "../state.ts";
import { checkTags } from "../tags/tag-table.ts";

export async function createCrawler(
  state: GlueState,
  input: Input<CreateCrawlerRequest>,
  call: Call,
): Promise<CreateCrawlerResponse> {
  const { Name: name, Tags: tags, ...request } = input;
  checkTags(tags);
  const settings = crawlerSettings(request, undefined, call);
  checkCrawler(state, settings, name, call);
  await state.crawlers.create(call, name, settings);
  await state.tags.replace(crawlerArn(call, name), tags);
  return {};
}
