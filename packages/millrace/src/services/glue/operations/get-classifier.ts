import type { GetClassifierRequest, GetClassifierResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { classifierOf } from "../classifiers/classifier-document.ts";
import type { GlueState } from "../state.ts";

export async function getClassifier(
  state: GlueState,
  input: Input<GetClassifierRequest>,
  call: Call,
): Promise<GetClassifierResponse> {
  return { Classifier: classifierOf(state.classifiers.get(call, input.Name)) };
}
