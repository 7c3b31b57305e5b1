import type {
  UpdateUserDefinedFunctionRequest,
  UpdateUserDefinedFunctionResponse,
} from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked, entityNotFound, invalidInput } from "../errors.ts";
import { functionFrom, functionKind } from "../functions/function-document.ts";
import { databaseOf } from "../lookup.ts";
import type { GlueState } from "../state.ts";

/** Replaces all of a function but its name and the time of its creation. */
export async function updateUserDefinedFunction(
  state: GlueState,
  input: Input<UpdateUserDefinedFunctionRequest>,
  call: Call,
): Promise<UpdateUserDefinedFunctionResponse> {
  const { catalog } = state;
  const { FunctionName, FunctionInput } = input;
  const { name, document } = functionFrom({ FunctionName, ...FunctionInput });
  if (name !== FunctionName) throw invalidInput("The name of a function cannot be changed.");
  const { scope, database } = databaseOf(state, input, call);
  const update = (): void => {
    const { id } = catalog.databases.get(scope, database.name);
    const owner = { owner: "database", id } as const;
    if (catalog.attachments.find(owner, functionKind, name) === undefined)
      throw entityNotFound(`Function ${name} not found.`);
    catalog.attachments.put(owner, functionKind, name, document);
  };
  await asked(catalog.write(update));
  return {};
}
