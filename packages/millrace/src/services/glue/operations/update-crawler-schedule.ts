import type { UpdateCrawlerScheduleRequest, UpdateCrawlerScheduleResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { checkSchedule } from "../crawlers/schedule-expression.ts";
import type { GlueState } from "../state.ts";

/** An empty schedule, or none, takes the crawler's away. */
export async function updateCrawlerSchedule(
  { crawlers }: GlueState,
  { CrawlerName: name, Schedule: expression }: Input<UpdateCrawlerScheduleRequest>,
  call: Call,
): Promise<UpdateCrawlerScheduleResponse> {
  if (expression) checkSchedule(expression);
  const schedule = expression ? { expression, isActive: true } : undefined;
  await crawlers.update(call, name, () => ({ schedule }), { mayRun: true });
  return {};
}
