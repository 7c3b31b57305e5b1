import type { AdminContext } from "./context.ts";
import type { AdminCaller } from "./gate.ts";
import { serviceStates } from "./instance-routes.ts";
import { type AdminRoute, answer } from "./route.ts";
import { SpaceMeter } from "./used-space.ts";

/** `GET status`: what this Millrace is, where it is reached, what it takes up. */
export function statusRoutes(context: AdminContext): readonly AdminRoute[] {
  const space = new SpaceMeter(context.directory.path, context.networkClock);
  return [
    {
      method: "GET",
      pattern: "status",
      action: "GetStatus",
      async run({ caller }) {
        const isOwn = caller.account === context.configuration.account;
        // Paths and the process are nobody's business who is a guest on this machine.
        return answer({
          ...aboutService(context, caller),
          ...(isOwn && (await aboutMachine(context, space))),
        });
      },
    },
  ];
}

function aboutService(context: AdminContext, caller: AdminCaller): object {
  const { version, configuration, startedMs, clock, address, services } = context;
  const { auth, account, durability } = configuration;
  return {
    version,
    startedAt: startedMs,
    uptimeMs: clock.now() - startedMs,
    auth,
    account,
    caller: { account: caller.account, region: caller.region, principal: caller.principal.arn },
    endpoints: { http: address.url(), sql: address.sql() },
    console: `${address.url()}/_millrace/console/`,
    services: serviceStates(services),
    durability: durability.mode,
  };
}

async function aboutMachine({ directory }: AdminContext, space: SpaceMeter): Promise<object> {
  const { isKept, path } = directory;
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const used = isKept ? await space.read() : undefined;
  return {
    node: process.version,
    pid: process.pid,
    data: {
      path: isKept ? path : undefined,
      isKept,
      usedBytes: used?.usedBytes,
      usedIsPartial: used?.isPartial,
      freeBytes: used?.freeBytes,
    },
    memory: { rssBytes: rss, heapBytes: heapUsed, bufferBytes: arrayBuffers },
  };
}
