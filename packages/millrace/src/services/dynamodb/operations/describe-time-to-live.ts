import type { DescribeTimeToLiveInput, DescribeTimeToLiveOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { DynamodbState } from "../state.ts";
import { findTable } from "../tables/table-lookup.ts";

export function describeTimeToLive(
  state: DynamodbState,
  input: Input<DescribeTimeToLiveInput>,
  call: Call,
): DescribeTimeToLiveOutput {
  const { timeToLive } = findTable(state, input.TableName, call).document;
  return {
    TimeToLiveDescription:
      timeToLive === undefined
        ? { TimeToLiveStatus: "DISABLED" }
        : { TimeToLiveStatus: timeToLive.status, AttributeName: timeToLive.attribute },
  };
}
