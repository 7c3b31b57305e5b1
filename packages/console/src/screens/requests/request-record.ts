/** One item of `GET /_millrace/requests`. */
export interface RequestRecord {
  readonly n: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly requestId: string;
  readonly service: string;
  readonly operation: string;
  readonly resource: string;
  readonly principal: string;
  readonly account: string;
  readonly region: string;
  /** 0 when the client did not wait for the answer. */
  readonly status: number;
  readonly code: string;
  readonly decision: "trust" | "allowed" | "denied" | "unauthenticated" | "none";
  readonly decidedBy: string;
  readonly durationMs: number;
  readonly requestBytes: number;
  readonly userAgent: string;
  readonly remoteAddress: string;
}

export const kinds = ["all", "errors", "denied"] as const;
export type Kind = (typeof kinds)[number];

export interface Choice {
  readonly kind: Kind;
  readonly service: string;
  /** Calls that this console makes itself. */
  readonly withConsole: boolean;
}

const isRefusal = ({ decision }: RequestRecord): boolean =>
  decision === "denied" || decision === "unauthenticated";

export function fits(record: RequestRecord, { kind, service, withConsole }: Choice): boolean {
  if (kind === "errors" && record.code === "OK") return false;
  if (kind === "denied" && !isRefusal(record)) return false;
  if (service !== "" && record.service !== service) return false;
  return withConsole || !record.userAgent.includes("app/millrace-console");
}

/** The last part of an ARN: `stream/clicks`, `user/jo`; of a bucket's all of it. */
export function shortArn(arn: string): string {
  const parts = arn.split(":");
  return parts.length < 6 ? arn : parts.slice(5).join(":");
}

/** The screen that shows what an ARN names; undefined where there is none. */
export function screenOf(arn: string): string | undefined {
  const [, , service = "", , , ...rest] = arn.split(":");
  const resource = rest.join(":");
  const [kind = "", name = ""] = resource.split("/");
  if (service === "kinesis" && kind === "stream") return `/streams/${encodeURIComponent(name)}`;
  if (service === "firehose" && kind === "deliverystream") return `/delivery/${encodeURIComponent(name)}`;
  if (service === "s3" && kind !== "" && !kind.includes("*")) return `/objects/${encodeURIComponent(kind)}`;
  return undefined;
}

export interface Pace {
  readonly times: readonly number[];
  readonly good: readonly number[];
  readonly bad: readonly number[];
}

const bucketMs = 1_000;

/** Calls in each second of the last ones, the newest records first. */
export function paceOf(records: readonly RequestRecord[], nowMs: number, seconds: number): Pace {
  const last = Math.floor(nowMs / bucketMs);
  const first = last - seconds + 1;
  const good = new Array<number>(seconds).fill(0);
  const bad = new Array<number>(seconds).fill(0);
  for (const { at, code } of records) {
    const slot = Math.floor(at / bucketMs) - first;
    if (slot < 0) break;
    const counts = code === "OK" ? good : bad;
    if (slot < seconds) counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return { times: good.map((_, i) => (first + i) * bucketMs), good, bad };
}

/** The value that this share of the records stays below; undefined without records. */
export function latencyMs(records: readonly RequestRecord[], share: number): number | undefined {
  if (records.length === 0) return undefined;
  const sorted = records.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
