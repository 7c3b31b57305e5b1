import type { DeleteClassifierRequest, DeleteClassifierResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { GlueState } from "../state.ts";

export async function deleteClassifier(
  state: GlueState,
  input: Input<DeleteClassifierRequest>,
  call: Call,
): Promise<DeleteClassifierResponse> {
  const { table } = state.classifiers;
  await table.change(async () => {
    await table.remove([state.classifiers.get(call, input.Name)]);
  });
  return {};
}
