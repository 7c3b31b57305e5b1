import type { UpdateConnectionRequest, UpdateConnectionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { ownerOf } from "../catalog-arns.ts";
import { checkConnection } from "../connections/connection-check.ts";
import { propertiesOf } from "../connections/connection-document.ts";
import { probeConnection } from "../connections/connection-probe.ts";
import { connectionFrom } from "../connections/new-connection.ts";
import { invalidInput } from "../errors.ts";
import type { GlueState } from "../state.ts";

/** Replaces all of a connection but its name and the time of its creation. */
export async function updateConnection(
  state: GlueState,
  input: Input<UpdateConnectionRequest>,
  call: Call,
): Promise<UpdateConnectionResponse> {
  const { ConnectionInput, Name } = input;
  const owner = ownerOf(input, call);
  const { connections } = state;
  connections.get(owner, Name);
  if (ConnectionInput.Name !== Name) throw invalidInput("The name of a connection cannot be changed.");
  checkConnection(ConnectionInput);
  if (ConnectionInput.ValidateCredentials === true)
    await probeConnection(ConnectionInput.ConnectionType, propertiesOf(ConnectionInput));
  await connections.table.change(async () => {
    const { createdMs } = connections.get(owner, Name);
    const next = await connectionFrom(connections, owner, ConnectionInput, call);
    await connections.table.put({ ...next, createdMs });
  });
  return {};
}
