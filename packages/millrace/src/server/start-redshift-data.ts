import type { Service } from "../gateway/service.ts";
import { createRedshiftData } from "../services/redshift-data/index.ts";
import type { ServiceContext } from "./service-context.ts";

export function startRedshiftData({ clock }: ServiceContext): Promise<Service> {
  return createRedshiftData({ clock });
}
