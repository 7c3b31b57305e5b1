import type { AdminContext } from "./admin/context.ts";
import { type AdminRoute, answer } from "./admin/route.ts";

/** What is connected with what, and how much goes through it; the code is loaded by the first call. */
export function topologyRoutes(context: AdminContext): readonly AdminRoute[] {
  return [
    {
      method: "GET",
      pattern: "topology",
      action: "GetTopology",
      async run({ caller: { account, region } }) {
        const { openTopology } = await import("./topology/open-topology.ts");
        const { topology } = await openTopology(context);
        return answer(await topology.of({ account, region }));
      },
    },
  ];
}
