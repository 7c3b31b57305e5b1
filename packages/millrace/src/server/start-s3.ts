import type { Service } from "../gateway/service.ts";
import { createS3 } from "../services/s3/index.ts";
import { objectKeys } from "./open-keys.ts";
import { openObjects } from "./open-objects.ts";
import type { ServiceContext } from "./service-context.ts";

/** S3 on the platform's object store. */
export async function startS3(context: ServiceContext): Promise<Service> {
  const { clock, log, tokens } = context;
  return await createS3({
    clock,
    log,
    tokens,
    objects: await openObjects(context),
    keys: objectKeys(context),
  });
}
