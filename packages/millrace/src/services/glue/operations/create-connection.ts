import type { CreateConnectionRequest, CreateConnectionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { connectionArn } from "../arn.ts";
import { ownerOf } from "../catalog-arns.ts";
import { checkConnection } from "../connections/connection-check.ts";
import { propertiesOf } from "../connections/connection-document.ts";
import { probeConnection } from "../connections/connection-probe.ts";
import { connectionFrom } from "../connections/new-connection.ts";
import { alreadyExists, resourceNumberLimit } from "../errors.ts";
import { limits } from "../limits.ts";
import type { GlueState } from "../state.ts";
import { checkTags } from "../tags/tag-table.ts";

export async function createConnection(
  state: GlueState,
  input: Input<CreateConnectionRequest>,
  call: Call,
): Promise<CreateConnectionResponse> {
  const { ConnectionInput } = input;
  const owner = ownerOf(input, call);
  const { table } = state.connections;
  checkConnection(ConnectionInput);
  checkTags(input.Tags);
  if (ConnectionInput.ValidateCredentials === true)
    await probeConnection(ConnectionInput.ConnectionType, propertiesOf(ConnectionInput));
  await table.change(async () => {
    if (table.get(owner, ConnectionInput.Name) !== undefined)
      throw alreadyExists(`Connection ${ConnectionInput.Name} already exists.`);
    if (table.count(owner) >= limits.connectionsPerAccount)
      throw resourceNumberLimit(`There are ${limits.connectionsPerAccount} connections already.`);
    await table.put(await connectionFrom(state.connections, owner, ConnectionInput, call));
    await state.tags.replace(connectionArn(owner, ConnectionInput.Name), input.Tags);
  });
  return { CreateConnectionStatus: "READY" };
}
