import { invalidValue } from "../errors.ts";

const days: readonly string[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const dayMinutes = 24 * 60;
const minWindowMinutes = 30;

/** `ddd:hh24:mi-ddd:hh24:mi` in lower case. @throws ServiceError InvalidParameterValue */
export function checkMaintenanceWindow(text: string): string {
  const window = text.toLowerCase();
  const [from, to, ...rest] = window.split("-").map(minuteOfWeek);
  if (from === undefined || to === undefined || rest.length > 0)
    throw invalidValue(`Invalid maintenance window format: ${text}. Should be ddd:hh24:mi-ddd:hh24:mi`);
  const weekMinutes = days.length * dayMinutes;
  if ((to - from + weekMinutes) % weekMinutes < minWindowMinutes)
    throw invalidValue(`The maintenance window must be at least ${minWindowMinutes} minutes.`);
  return window;
}

/** The first minute of a window on a UTC clock that is not before `nowMs`. */
export function nextMaintenance(window: string, nowMs: number): Date {
  const minuteMs = 60_000;
  const start = minuteOfWeek(window.split("-")[0] ?? "") ?? 0;
  const now = new Date(nowMs);
  const monday =
    Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()) -
    ((now.getUTCDay() + 6) % 7) * dayMinutes * minuteMs;
  const thisWeek = monday + start * minuteMs;
  return new Date(thisWeek >= nowMs ? thisWeek : thisWeek + days.length * dayMinutes * minuteMs);
}

function minuteOfWeek(text: string): number | undefined {
  const match = /^([a-z]{3}):([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  const day = days.indexOf(match?.[1] ?? "");
  return match === null || day < 0 ? undefined : day * dayMinutes + Number(match[2]) * 60 + Number(match[3]);
}
