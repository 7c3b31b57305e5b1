import type { RequestRecord } from "../../gateway/request-log.ts";
import type { AdminContext } from "./context.ts";
import { holds, pollFeed } from "./poll.ts";
import { type AdminRequest, type AdminRoute, answer } from "./route.ts";

/** Calls about the requests that AWS's APIs were sent. */
export function requestRoutes(
  context: Pick<AdminContext, "requests" | "networkClock">,
): readonly AdminRoute[] {
  const { requests, networkClock } = context;
  return [
    {
      method: "GET",
      pattern: "requests",
      action: "ListRequests",
      run: async (request) => answer(await pollFeed(requests.feed, request, filterOf(request), networkClock)),
    },
    {
      method: "GET",
      pattern: "unsupported",
      action: "ListUnsupported",
      run({ caller }) {
        const items = requests
          .unsupported()
          .filter(({ account }) => caller.seesAllAccounts || account === caller.account);
        return answer({ items });
      },
    },
  ];
}

function filterOf({ query, caller }: AdminRequest): (record: RequestRecord) => boolean {
  const names = ["service", "operation", "code", "principal", "resource", "decision"] as const;
  const filters = names.filter((name) => query.has(name)).map((name) => ({ name, fits: holds(query, name) }));
  return (record) =>
    (caller.seesAllAccounts || record.account === caller.account) &&
    filters.every(({ name, fits }) => fits(record[name]));
}
