import type { Service } from "../gateway/service.ts";
import { createDynamodb } from "../services/dynamodb/index.ts";
import type { ServiceContext } from "./service-context.ts";

export function startDynamodb({ clock }: ServiceContext): Promise<Service> {
  return createDynamodb({ clock });
}
