import type { LogLine } from "../log.ts";
import type { AdminContext } from "./context.ts";
import type { AdminCaller } from "./gate.ts";
import { holds, pollFeed } from "./poll.ts";
import { type AdminRoute, answer, badRequest } from "./route.ts";

/** pino's numbers. */
const levels: Readonly<Record<string, number>> = { debug: 20, info: 30, warn: 40, error: 50 };

interface LogItem {
  readonly n: number;
  readonly at: number;
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

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
          const { level, fields } = itemOf(line);
          return (
            levelOf(level) >= atLeast && holdsText(line.text) && isFor(request.caller, fields["account"])
          );
        };
        const page = await pollFeed(logLines.feed, request, fits, networkClock);
        return answer({ ...page, items: page.items.map(itemOf) });
      },
    },
  ];
}

function levelOf(name: string): number {
  const level = levels[name];
  if (level === undefined) throw badRequest(`level must be one of ${Object.keys(levels).join(", ")}.`);
  return level;
}

function isFor(caller: AdminCaller, account: unknown): boolean {
  return (
    caller.seesAllAccounts || typeof account !== "string" || account === "-" || account === caller.account
  );
}

/** A line that was cut is not JSON any more: it is shown as it is. */
function itemOf({ n, text }: LogLine): LogItem {
  try {
    const { level, time, msg, ...fields } = JSON.parse(text) as Record<string, unknown>;
    const name = Object.keys(levels).find((key) => levels[key] === level) ?? "error";
    return { n, at: Number(time), level: name, message: String(msg ?? ""), fields };
  } catch {
    const time = /"time":(\d{1,15})/.exec(text)?.[1];
    return { n, at: Number(time ?? 0), level: "error", message: text.trimEnd(), fields: {} };
  }
}
