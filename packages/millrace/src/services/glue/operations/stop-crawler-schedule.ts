import type { StopCrawlerScheduleRequest, StopCrawlerScheduleResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { schedulerNotRunning } from "../errors.ts";
import type { GlueState } from "../state.ts";

export async function stopCrawlerSchedule(
  { crawlers }: GlueState,
  { CrawlerName: name }: Input<StopCrawlerScheduleRequest>,
  call: Call,
): Promise<StopCrawlerScheduleResponse> {
  const change = ({ schedule }: ReturnType<typeof crawlers.get>) => {
    if (schedule?.isActive !== true)
      throw schedulerNotRunning(`The schedule of crawler ${name} is not running`);
    return { schedule: { ...schedule, isActive: false } };
  };
  await crawlers.update(call, name, change, { mayRun: true });
  return {};
}
