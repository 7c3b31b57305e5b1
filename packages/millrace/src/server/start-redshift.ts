import type { Service } from "../gateway/service.ts";
import { createRedshift } from "../services/redshift/index.ts";
import type { ServiceContext } from "./service-context.ts";

export function startRedshift({ clock }: ServiceContext): Promise<Service> {
  return createRedshift({ clock });
}
