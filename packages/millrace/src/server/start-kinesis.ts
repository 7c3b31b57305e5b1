import type { Service } from "../gateway/service.ts";
import { createKinesis } from "../services/kinesis/index.ts";
import { openStreams } from "./open-streams.ts";
import type { ServiceContext } from "./service-context.ts";

/** Kinesis on the data streams. */
export async function startKinesis(context: ServiceContext): Promise<Service> {
  return createKinesis(await openStreams(context));
}
