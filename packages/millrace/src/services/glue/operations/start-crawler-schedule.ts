import type { StartCrawlerScheduleRequest, StartCrawlerScheduleResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { noSchedule, schedulerRunning } from "../errors.ts";
import type { GlueState } from "../state.ts";

export async function startCrawlerSchedule(
  { crawlers }: GlueState,
  { CrawlerName: name }: Input<StartCrawlerScheduleRequest>,
  call: Call,
): Promise<StartCrawlerScheduleResponse> {
  const change = (before: ReturnType<typeof crawlers.get>) => {
    if (before.schedule === undefined) throw noSchedule(`Crawler with name ${name} doesn't have a schedule`);
    if (before.schedule.isActive)
      throw schedulerRunning(`The schedule of crawler ${name} is already running`);
    return { schedule: { ...before.schedule, isActive: true } };
  };
  await crawlers.update(call, name, change, { mayRun: true });
  return {};
}
