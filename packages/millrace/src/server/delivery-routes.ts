import type { AdminContext } from "./admin/context.ts";
import type { AdminRoute } from "./admin/route.ts";

/** How full delivery streams are, what they delivered, and delivering now; loaded by the first call. */
export function deliveryRoutes(context: AdminContext): readonly AdminRoute[] {
  const load = () => import("./topology/delivery-calls.ts");
  return [
    {
      method: "GET",
      pattern: "deliveries/:name/use",
      action: "GetDeliveryUse",
      run: async (request) => (await load()).useOfDelivery(context, request),
    },
    {
      method: "POST",
      pattern: "deliveries/:name/flush",
      action: "FlushDelivery",
      run: async (request) => (await load()).flush(context, request),
    },
  ];
}
