import type { UpdateAccountSettingsInput, UpdateAccountSettingsOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeCommitment, describeCommitment } from "../billing-commitment.ts";
import type { KinesisState } from "../state.ts";

export async function updateAccountSettings(
  state: KinesisState,
  input: Input<UpdateAccountSettingsInput>,
  call: Call,
): Promise<UpdateAccountSettingsOutput> {
  const current = state.accounts.get(call.account, call.region);
  const wanted = input.MinimumThroughputBillingCommitment.Status;
  const next = changeCommitment(current, wanted, state.clock.now());
  await state.accounts.set(call.account, call.region, next);
  return { MinimumThroughputBillingCommitment: describeCommitment(next) };
}
