import type { Service } from "../gateway/service.ts";
import { createCloudwatch } from "../services/cloudwatch/index.ts";
import type { ServiceContext } from "./service-context.ts";

export function startCloudwatch({ clock }: ServiceContext): Promise<Service> {
  return createCloudwatch({ clock });
}
