import type { Service } from "../gateway/service.ts";
import { createS3 } from "../services/s3/index.ts";
import type { ServiceContext } from "./service-context.ts";

export function startS3({ clock }: ServiceContext): Promise<Service> {
  return createS3({ clock });
}
