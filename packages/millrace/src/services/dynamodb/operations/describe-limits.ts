import type { DescribeLimitsOutput } from "@aws-sdk/client-dynamodb";

/** AWS's defaults; Millrace limits no throughput. */
export function describeLimits(): DescribeLimitsOutput {
  return {
    AccountMaxReadCapacityUnits: 80_000,
    AccountMaxWriteCapacityUnits: 80_000,
    TableMaxReadCapacityUnits: 40_000,
    TableMaxWriteCapacityUnits: 40_000,
  };
}
