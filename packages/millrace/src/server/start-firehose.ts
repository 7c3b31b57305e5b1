import type { Service } from "../gateway/service.ts";
import { createFirehose } from "../services/firehose/index.ts";
import type { ServiceContext } from "./service-context.ts";

export function startFirehose({ clock }: ServiceContext): Promise<Service> {
  return createFirehose({ clock });
}
