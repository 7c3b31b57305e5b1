import type { UpdateClassifierRequest, UpdateClassifierResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { nameIn, updatedDefinition } from "../classifiers/new-definition.ts";
import type { GlueState } from "../state.ts";

export async function updateClassifier(
  state: GlueState,
  input: Input<UpdateClassifierRequest>,
  call: Call,
): Promise<UpdateClassifierResponse> {
  const name = nameIn(input);
  const { table } = state.classifiers;
  await table.change(async () => {
    const current = state.classifiers.get(call, name);
    const definition = updatedDefinition(current.definition, input);
    await table.put({
      ...current,
      definition,
      updatedMs: state.clock.now(),
      version: current.version + 1,
    });
  });
  return {};
}
