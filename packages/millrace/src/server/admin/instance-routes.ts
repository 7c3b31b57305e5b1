import { metricsContentType } from "../../core/metrics.ts";
import type { AdminContext } from "./context.ts";
import { type AdminRoute, answer, badRequest } from "./route.ts";

/** Calls about this Millrace as a whole. */
export function instanceRoutes(context: AdminContext): readonly AdminRoute[] {
  const { services, version, registry } = context;
  return [
    {
      method: "GET",
      pattern: "health",
      action: "public",
      run: () => answer({ status: "ok", version, services: serviceStates(services) }),
    },
    {
      method: "GET",
      pattern: "metrics",
      action: "public",
      run: () => ({ status: 200, headers: { "content-type": metricsContentType }, body: registry.text() }),
    },
    {
      method: "POST",
      pattern: "reset",
      action: "Reset",
      scope: "machine",
      async run({ query }) {
        const named = query.get("services");
        const ids = named === null || named === "" ? undefined : named.split(",").map((id) => id.trim());
        const unknown = ids?.find((id) => !services.ids.includes(id));
        if (unknown !== undefined)
          throw badRequest(
            `There is no service ${unknown.slice(0, 100)} here, only ${services.ids.join(", ")}.`,
          );
        await context.reset(ids);
        return answer({
          message: ids === undefined ? "All services are empty." : `Empty are ${ids.join(", ")}.`,
        });
      },
    },
  ];
}

/** A service that nobody has called yet starts with its first call. */
export function serviceStates(services: AdminContext["services"]): Record<string, "running" | "available"> {
  return Object.fromEntries(services.ids.map((id) => [id, services.isRunning(id) ? "running" : "available"]));
}
