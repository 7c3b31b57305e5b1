import type { Service } from "../gateway/service.ts";
import { createKinesisAnalyticsV2 } from "../services/kinesis-analytics-v2/index.ts";
import type { ServiceContext } from "./service-context.ts";

export function startKinesisAnalyticsV2({ clock }: ServiceContext): Promise<Service> {
  return createKinesisAnalyticsV2({ clock });
}
