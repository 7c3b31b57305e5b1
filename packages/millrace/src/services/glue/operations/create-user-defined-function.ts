import type {
  CreateUserDefinedFunctionRequest,
  CreateUserDefinedFunctionResponse,
} from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { alreadyExists, asked } from "../errors.ts";
import { functionFrom, functionKind } from "../functions/function-document.ts";
import { databaseOf } from "../lookup.ts";
import type { GlueState } from "../state.ts";

export async function createUserDefinedFunction(
  state: GlueState,
  input: Input<CreateUserDefinedFunctionRequest>,
  call: Call,
): Promise<CreateUserDefinedFunctionResponse> {
  const { catalog } = state;
  const { name, document } = functionFrom(input.FunctionInput);
  const { scope, database } = databaseOf(state, input, call);
  const make = (): void => {
    const { id } = catalog.databases.get(scope, database.name);
    const owner = { owner: "database", id } as const;
    if (catalog.attachments.find(owner, functionKind, name) !== undefined)
      throw alreadyExists(`Function ${name} already exists.`);
    catalog.attachments.put(owner, functionKind, name, document);
  };
  await asked(catalog.write(make));
  return {};
}
