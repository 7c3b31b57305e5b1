import type { Service } from "../gateway/service.ts";
import { createCloudwatch } from "../services/cloudwatch/index.ts";
import { openMetrics } from "./open-metrics.ts";
import type { ServiceContext } from "./service-context.ts";

export async function startCloudwatch(context: ServiceContext): Promise<Service> {
  return createCloudwatch(await openMetrics(context));
}
