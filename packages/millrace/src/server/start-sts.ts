import type { Service } from "../gateway/service.ts";
import { createSts } from "../services/sts/index.ts";
import type { ServiceContext } from "./service-context.ts";

export function startSts({ clock }: ServiceContext): Promise<Service> {
  return createSts({ clock });
}
