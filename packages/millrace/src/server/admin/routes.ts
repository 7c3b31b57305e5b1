import { accountRoutes } from "./account-routes.ts";
import type { AdminContext } from "./context.ts";
import { instanceRoutes } from "./instance-routes.ts";
import type { AdminRoute } from "./route.ts";

/** All calls of the admin API, area by area. */
export function adminRoutes(context: AdminContext): readonly AdminRoute[] {
  return [...instanceRoutes(context), ...accountRoutes(context)];
}
