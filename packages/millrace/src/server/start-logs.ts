import type { Service } from "../gateway/service.ts";
import { createLogs } from "../services/logs/index.ts";
import type { ServiceContext } from "./service-context.ts";

export function startLogs({ clock }: ServiceContext): Promise<Service> {
  return createLogs({ clock });
}
