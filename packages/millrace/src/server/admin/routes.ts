import { deliveryRoutes } from "../delivery-routes.ts";
import { snapshotRoutes } from "../snapshot/routes.ts";
import { streamUseRoutes } from "../stream-use-routes.ts";
import { topologyRoutes } from "../topology-routes.ts";
import { accountRoutes } from "./account-routes.ts";
import type { AdminContext } from "./context.ts";
import { instanceRoutes } from "./instance-routes.ts";
import { logRoutes } from "./log-routes.ts";
import { requestRoutes } from "./request-routes.ts";
import type { AdminRoute } from "./route.ts";
import { signInRoutes } from "./sign-in-routes.ts";
import { statusRoutes } from "./status-routes.ts";

/** All calls of the admin API, area by area. */
export function adminRoutes(context: AdminContext): readonly AdminRoute[] {
  return [
    ...instanceRoutes(context),
    ...accountRoutes(context),
    ...signInRoutes(context),
    ...statusRoutes(context),
    ...requestRoutes(context),
    ...logRoutes(context),
    ...snapshotRoutes(context),
    ...streamUseRoutes(context),
    ...deliveryRoutes(context),
    ...topologyRoutes(context),
  ];
}
