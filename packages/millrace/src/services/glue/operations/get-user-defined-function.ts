import type { GetUserDefinedFunctionRequest, GetUserDefinedFunctionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { entityNotFound } from "../errors.ts";
import { functionKind, functionOf } from "../functions/function-document.ts";
import { databaseOf } from "../lookup.ts";
import type { GlueState } from "../state.ts";

export function getUserDefinedFunction(
  state: GlueState,
  input: Input<GetUserDefinedFunctionRequest>,
  call: Call,
): GetUserDefinedFunctionResponse {
  const found = databaseOf(state, input, call);
  const owner = { owner: "database", id: found.database.id } as const;
  const attachment = state.catalog.attachments.find(owner, functionKind, input.FunctionName);
  if (attachment === undefined) throw entityNotFound(`Function ${input.FunctionName} not found.`);
  return { UserDefinedFunction: functionOf(found, attachment) };
}
