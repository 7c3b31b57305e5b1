import type { DescribeTableInput, DescribeTableOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { DynamodbState } from "../state.ts";
import { describeTable as describe } from "../tables/describe.ts";
import { findTable } from "../tables/table-lookup.ts";

export function describeTable(
  state: DynamodbState,
  input: Input<DescribeTableInput>,
  call: Call,
): DescribeTableOutput {
  return { Table: describe(findTable(state, input.TableName, call)) };
}
