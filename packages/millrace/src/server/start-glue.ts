import type { Service } from "../gateway/service.ts";
import { createGlue } from "../services/glue/index.ts";
import type { ServiceContext } from "./service-context.ts";

export function startGlue({ clock }: ServiceContext): Promise<Service> {
  return createGlue({ clock });
}
