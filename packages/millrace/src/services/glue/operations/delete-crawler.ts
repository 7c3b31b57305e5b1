import type { DeleteCrawlerRequest, DeleteCrawlerResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { crawlerArn } from "../arn.ts";
import type { GlueState } from "../state.ts";

export async function deleteCrawler(
  state: GlueState,
  { Name: name }: Input<DeleteCrawlerRequest>,
  call: Call,
): Promise<DeleteCrawlerResponse> {
  await state.crawlers.delete(call, name);
  await state.tags.forget(crawlerArn(call, name));
  return {};
}
