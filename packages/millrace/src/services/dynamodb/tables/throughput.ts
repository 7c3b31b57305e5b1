import { invalidParameter } from "../errors.ts";
import type { BillingMode, OnDemandLimits, Throughput } from "./document.ts";

interface ThroughputInput {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
}

export function initialThroughput(billing: BillingMode, input: ThroughputInput | undefined): Throughput {
  if (billing === "PAY_PER_REQUEST") {
    if (input !== undefined)
      throw invalidParameter(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
      );
    return { read: 0, write: 0 };
  }
  if (input === undefined)
    throw invalidParameter(
      "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
    );
  return { read: input.ReadCapacityUnits, write: input.WriteCapacityUnits };
}

export function initialIndexThroughput(
  billing: BillingMode,
  name: string,
  input: ThroughputInput | undefined,
): Throughput {
  if (billing === "PAY_PER_REQUEST") {
    if (input !== undefined)
      throw invalidParameter(
        `ProvisionedThroughput should not be specified for index: ${name} when BillingMode is PAY_PER_REQUEST`,
      );
    return { read: 0, write: 0 };
  }
  if (input === undefined)
    throw invalidParameter(`ProvisionedThroughput must be specified for index: ${name}`);
  return { read: input.ReadCapacityUnits, write: input.WriteCapacityUnits };
}

/** A throughput that was changed, with the times of the change. */
export function changedThroughput(before: Throughput, input: ThroughputInput, nowMs: number): Throughput {
  const { ReadCapacityUnits: read, WriteCapacityUnits: write } = input;
  const hasMore = read > before.read || write > before.write;
  const hasLess = read < before.read || write < before.write;
  return {
    ...before,
    read,
    write,
    ...(hasMore ? { increasedMs: nowMs } : {}),
    ...(hasLess ? { decreasedMs: nowMs } : {}),
  };
}

export function onDemandLimits(
  input:
    | {
        readonly MaxReadRequestUnits?: number | undefined;
        readonly MaxWriteRequestUnits?: number | undefined;
      }
    | undefined,
): OnDemandLimits | undefined {
  if (input === undefined) return undefined;
  const { MaxReadRequestUnits: read, MaxWriteRequestUnits: write } = input;
  return { ...(read === undefined ? {} : { read }), ...(write === undefined ? {} : { write }) };
}
