import { metricsContentType } from "../../core/metrics.ts";
import type { AdminContext } from "./context.ts";
import { type AdminRoute, answer } from "./route.ts";

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
      async run() {
        await context.reset();
        return answer({ message: "All services are empty." });
      },
    },
  ];
}

/** A service that nobody has called yet starts with its first call. */
export function serviceStates(services: AdminContext["services"]): Record<string, "running" | "available"> {
  return Object.fromEntries(services.ids.map((id) => [id, services.isRunning(id) ? "running" : "available"]));
}
