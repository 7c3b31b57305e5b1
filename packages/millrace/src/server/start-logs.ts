import type { Service } from "../gateway/service.ts";
import { createLogs } from "../services/logs/index.ts";
import { openLogGroups } from "./open-log-groups.ts";
import type { ServiceContext } from "./service-context.ts";

export async function startLogs(context: ServiceContext): Promise<Service> {
  return createLogs(await openLogGroups(context));
}
