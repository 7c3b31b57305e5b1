import type { CreateClassifierRequest, CreateClassifierResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { definitionFrom } from "../classifiers/new-definition.ts";
import { alreadyExists } from "../errors.ts";
import type { GlueState } from "../state.ts";

export async function createClassifier(
  state: GlueState,
  input: Input<CreateClassifierRequest>,
  { account, region }: Call,
): Promise<CreateClassifierResponse> {
  const definition = definitionFrom(input);
  const { table } = state.classifiers;
  await table.change(async () => {
    if (table.get({ account, region }, definition.name) !== undefined)
      throw alreadyExists(`Classifier with name ${definition.name} already exists`);
    const nowMs = state.clock.now();
    await table.put({ account, region, definition, createdMs: nowMs, updatedMs: nowMs, version: 1 });
  });
  return {};
}
