import type { Service } from "../gateway/service.ts";
import { createKms } from "../services/kms/index.ts";
import type { ServiceContext } from "./service-context.ts";

export function startKms({ clock }: ServiceContext): Promise<Service> {
  return createKms({ clock });
}
