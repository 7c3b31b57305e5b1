import type { LogLine } from "../log.ts";
import { logItemOf, logLevelNumbers } from "../log-item.ts";
import type { AdminContext } from "./context.ts";
import type { AdminCaller } from "./gate.ts";
import { holds, pollFeed } from "./poll.ts";
import { type AdminRoute, answer, badRequest } from "./route.ts";

/** The newest lines of the log. They are about everybody, so that they are for the machine's own account. */
export function logRoutes(context: Pick<AdminContext, "logLines" | "networkClock">): readonly AdminRoute[] {
  const { logLines, networkClock } = context;
  return [
    {
      method: "GET",
      pattern: "logs",
      action: "ListLogs",
      scope: "machine",
      async run(request) {
        const atLeast = levelOf(request.query.get("level") ?? "debug");
        const holdsText = holds(request.query, "text");
        const fits = (line: LogLine): boolean => {
          const { level, fields } = logItemOf(line.text);
          return (
            levelOf(level) >= atLeast && holdsText(line.text) && isFor(request.caller, fields["account"])
          );
        };
        const page = await pollFeed(logLines.feed, request, fits, networkClock);
        return answer({ ...page, items: page.items.map(({ n, text }) => ({ n, ...logItemOf(text) })) });
      },
    },
  ];
}

function levelOf(name: string): number {
  const level = logLevelNumbers[name];
  if (level === undefined)
    throw badRequest(`level must be one of ${Object.keys(logLevelNumbers).join(", ")}.`);
  return level;
}

function isFor(caller: AdminCaller, account: unknown): boolean {
  return (
    caller.seesAllAccounts || typeof account !== "string" || account === "-" || account === caller.account
  );
}
