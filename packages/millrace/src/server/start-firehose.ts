import type { Service } from "../gateway/service.ts";
import { createFirehose } from "../services/firehose/index.ts";
import { openFirehose } from "./open-firehose.ts";
import type { ServiceContext } from "./service-context.ts";

/** Firehose on the delivery streams. */
export async function startFirehose(context: ServiceContext): Promise<Service> {
  const { state, close } = await openFirehose(context);
  return { ...createFirehose(state), close };
}
