import type { DescribeAccountSettingsInput, DescribeAccountSettingsOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeCommitment } from "../billing-commitment.ts";
import type { KinesisState } from "../state.ts";

export function describeAccountSettings(
  state: KinesisState,
  _input: Input<DescribeAccountSettingsInput>,
  call: Call,
): DescribeAccountSettingsOutput {
  return {
    MinimumThroughputBillingCommitment: describeCommitment(state.accounts.get(call.account, call.region)),
  };
}
