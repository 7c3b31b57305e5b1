import type { UpdateCrawlerRequest, UpdateCrawlerResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { checkCrawler } from "../crawlers/crawler-check.ts";
import { crawlerSettings } from "../crawlers/crawler-request.ts";
import type { GlueState } from "../state.ts";

export async function updateCrawler(
  state: GlueState,
  input: Input<UpdateCrawlerRequest>,
  call: Call,
): Promise<UpdateCrawlerResponse> {
  const { Name: name, ...request } = input;
  await state.crawlers.update(call, name, (before) => {
    const settings = crawlerSettings(request, before, call);
    checkCrawler(state, settings, name, call);
    return settings;
  });
  return {};
}
