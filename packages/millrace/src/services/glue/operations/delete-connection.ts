import type { DeleteConnectionRequest, DeleteConnectionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { connectionArn } from "../arn.ts";
import { ownerOf } from "../catalog-arns.ts";
import type { GlueState } from "../state.ts";

export async function deleteConnection(
  state: GlueState,
  input: Input<DeleteConnectionRequest>,
  call: Call,
): Promise<DeleteConnectionResponse> {
  const owner = ownerOf(input, call);
  const { table } = state.connections;
  await table.change(async () => {
    await table.remove([state.connections.get(owner, input.ConnectionName)]);
    await state.tags.forget(connectionArn(owner, input.ConnectionName));
  });
  return {};
}
