import type { Service } from "../gateway/service.ts";
import { createS3 } from "../services/s3/index.ts";
import { objectKeys } from "./open-keys.ts";
import { openObjects } from "./open-objects.ts";
import type { ServiceContext } from "./service-context.ts";
import { observedObjects } from "./topology/observed-objects.ts";
import { openTraffic } from "./topology/open-traffic.ts";

/** S3 on the platform's object store. */
export async function startS3(context: ServiceContext): Promise<Service> {
  const { clock, log, tokens } = context;
  const service = await createS3({
    clock,
    log,
    tokens,
    objects: await openObjects(context),
    keys: objectKeys(context),
  });
  return observedObjects(service, await openTraffic(context), clock);
}
