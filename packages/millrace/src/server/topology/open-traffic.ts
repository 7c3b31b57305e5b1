import { TrafficLog } from "../../core/traffic/traffic-log.ts";
import type { ServiceContext } from "../service-context.ts";

/** Who wrote and read what has no counters of its own: buckets, tables, clusters. */
export function openTraffic(context: Pick<ServiceContext, "platform">): Promise<TrafficLog> {
  return context.platform.part("traffic", async ({ onReset }) => {
    const traffic = new TrafficLog();
    onReset(() => traffic.clear());
    return traffic;
  });
}
