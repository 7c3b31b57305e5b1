import type { GetConnectionRequest, GetConnectionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { ownerOf } from "../catalog-arns.ts";
import { connectionOf } from "../connections/connection-document.ts";
import { notImplemented } from "../errors.ts";
import type { GlueState } from "../state.ts";

export async function getConnection(
  state: GlueState,
  input: Input<GetConnectionRequest>,
  call: Call,
): Promise<GetConnectionResponse> {
  if (input.ApplyOverrideForComputeEnvironment !== undefined)
    throw notImplemented("connections' properties by compute environment");
  const document = state.connections.get(ownerOf(input, call), input.Name);
  const properties = await state.connections.visible(document, input.HidePassword ?? false, call);
  return { Connection: connectionOf(document, properties) };
}
