import type { AdminContext } from "./admin/context.ts";
import type { AdminRoute } from "./admin/route.ts";

/** How streams are used, and copies of streams into others; their code is loaded by the first call. */
export function streamUseRoutes(context: AdminContext): readonly AdminRoute[] {
  const load = () => import("./topology/stream-calls.ts");
  return [
    {
      method: "GET",
      pattern: "streams/:name/use",
      action: "GetStreamUse",
      run: async (request) => (await load()).streamUse(context, request),
    },
    {
      method: "POST",
      pattern: "streams/:name/replay",
      action: "ReplayStream",
      run: async (request) => (await load()).startReplay(context, request),
    },
    {
      method: "GET",
      pattern: "replays",
      action: "ListReplays",
      run: async (request) => (await load()).listReplays(context, request),
    },
    {
      method: "GET",
      pattern: "replays/:id",
      action: "GetReplay",
      run: async (request) => (await load()).getReplay(context, request),
    },
    {
      method: "DELETE",
      pattern: "replays/:id",
      action: "DeleteReplay",
      run: async (request) => (await load()).deleteReplay(context, request),
    },
  ];
}
