import type { ConnectionInput } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { Owner } from "../document-table.ts";
import { type ConnectionDocument, propertiesOf, sealProperties } from "./connection-document.ts";
import type { Connections } from "./connections.ts";
import { encryptPasswords } from "./passwords.ts";

/** The connection that an input describes, with its passwords encrypted as the catalog's settings say. */
export async function connectionFrom(
  connections: Connections,
  owner: Owner,
  input: Input<ConnectionInput>,
  call: Call,
): Promise<ConnectionDocument> {
  const { keys, master } = connections;
  const settings = connections.passwordEncryption(owner);
  const connection = await encryptPasswords(keys, owner, settings, propertiesOf(input), call);
  const sealed = sealProperties(master, {
    connection,
    spark: input.SparkProperties,
    athena: input.AthenaProperties,
    python: input.PythonProperties,
  });
  return {
    account: owner.account,
    region: owner.region,
    name: input.Name,
    type: input.ConnectionType,
    description: input.Description,
    matchCriteria: input.MatchCriteria,
    physical: input.PhysicalConnectionRequirements,
    sealed,
    createdMs: call.receivedAt,
    updatedMs: call.receivedAt,
    updatedBy: call.principal.arn,
  };
}
