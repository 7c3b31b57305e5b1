import type { Service } from "../gateway/service.ts";
import { createIam } from "../services/iam/index.ts";
import type { ServiceContext } from "./service-context.ts";

export function startIam({ clock }: ServiceContext): Promise<Service> {
  return createIam({ clock });
}
