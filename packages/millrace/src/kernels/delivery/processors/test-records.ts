import { toOffset } from "../../log/port.ts";
import type { DeliveryRecord } from "../record.ts";

/** A record as a log holds it; the n-th arrived n milliseconds after the epoch. */
export function recordOf(data: string | Buffer, n = 0): DeliveryRecord {
  return { data: Buffer.from(data), arrivalTimeMs: n, offset: toOffset(n) };
}

export function recordsOf(...datas: readonly string[]): readonly DeliveryRecord[] {
  return datas.map((data, n) => recordOf(data, n));
}

export function textsOf(records: readonly DeliveryRecord[]): readonly string[] {
  return records.map(({ data }) => data.toString("utf8"));
}
