import type { ReplayPlace } from "../../services/kinesis/index.ts";
import { badRequest } from "../admin/route.ts";

export interface ReplayBody {
  readonly from: ReplayPlace;
  readonly to: ReplayPlace | undefined;
  readonly into: string;
  readonly ratePerSecond: number | undefined;
}

const known: ReadonlySet<string> = new Set(["from", "to", "into", "ratePerSecond"]);
const maxRatePerSecond = 1_000_000;

/** @throws ServiceError 400 that names what is wrong */
export function replayBody(body: Readonly<Record<string, unknown>>): ReplayBody {
  for (const key of Object.keys(body))
    if (!known.has(key))
      throw badRequest(`${JSON.stringify(key.slice(0, 100))} is not one of ${[...known].join(", ")}.`);
  const { from = "TRIM_HORIZON", to, into, ratePerSecond } = body;
  if (typeof into !== "string" || into === "")
    throw badRequest("into must be the name or the ARN of the stream that records are copied into.");
  return {
    from: place("from", from),
    to: to === undefined ? undefined : place("to", to),
    into,
    ratePerSecond: rate(ratePerSecond),
  };
}

/** `TRIM_HORIZON`, a time (milliseconds since the epoch or ISO 8601), or a sequence number as text. */
function place(name: string, value: unknown): ReplayPlace {
  if (value === "TRIM_HORIZON" && name === "from") return { kind: "oldest" };
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0)
    return { kind: "time", timeMs: value };
  if (typeof value === "string" && /^\d{30,60}$/.test(value))
    return { kind: "sequence", sequenceNumber: value };
  const timeMs = typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(timeMs)) return { kind: "time", timeMs };
  throw badRequest(
    `${name} must be ${name === "from" ? '"TRIM_HORIZON", ' : ""}milliseconds since 1970, ` +
      "a time such as 2026-01-31T12:00:00Z, or a sequence number as text.",
  );
}

function rate(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number" && value > 0 && value <= maxRatePerSecond) return value;
  throw badRequest(`ratePerSecond must be a number above 0 and at most ${maxRatePerSecond}.`);
}
