import { DeliveryObjects } from "./delivery-objects.ts";
import { objectKeys } from "./open-keys.ts";
import { openObjects } from "./open-objects.ts";
import { openRoleAccess } from "./role-access.ts";
import type { ServiceContext } from "./service-context.ts";
import { openTraffic } from "./topology/open-traffic.ts";

/** Where Firehose and channels of Kinesis write objects: the platform's object store, as S3 shows it. */
export function openObjectTarget(context: ServiceContext): Promise<DeliveryObjects> {
  return context.platform.part(
    "object-target",
    async () =>
      new DeliveryObjects({
        objects: await openObjects(context),
        keys: objectKeys(context),
        roles: await openRoleAccess(context),
        clock: context.clock,
        traffic: await openTraffic(context),
      }),
  );
}
