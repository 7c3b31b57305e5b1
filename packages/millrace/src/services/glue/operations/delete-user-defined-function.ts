import type {
  DeleteUserDefinedFunctionRequest,
  DeleteUserDefinedFunctionResponse,
} from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { entityNotFound } from "../errors.ts";
import { functionKind } from "../functions/function-document.ts";
import { databaseOf } from "../lookup.ts";
import type { GlueState } from "../state.ts";

export async function deleteUserDefinedFunction(
  state: GlueState,
  input: Input<DeleteUserDefinedFunctionRequest>,
  call: Call,
): Promise<DeleteUserDefinedFunctionResponse> {
  const { catalog } = state;
  const { id } = databaseOf(state, input, call).database;
  const remove = (): boolean =>
    catalog.attachments.delete({ owner: "database", id }, functionKind, input.FunctionName);
  if (!(await catalog.write(remove))) throw entityNotFound(`Function ${input.FunctionName} not found.`);
  return {};
}
