import type { TestConnectionRequest, TestConnectionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { ownerOf } from "../catalog-arns.ts";
import { propertiesOf } from "../connections/connection-document.ts";
import { probeConnection } from "../connections/connection-probe.ts";
import { invalidInput, notImplemented } from "../errors.ts";
import type { GlueState } from "../state.ts";

export async function testConnection(
  state: GlueState,
  input: Input<TestConnectionRequest>,
  call: Call,
): Promise<TestConnectionResponse> {
  const { ConnectionName, TestConnectionInput } = input;
  if ((ConnectionName === undefined) === (TestConnectionInput === undefined))
    throw invalidInput("Exactly one of ConnectionName and TestConnectionInput is required.");
  if (TestConnectionInput?.AuthenticationConfiguration !== undefined)
    throw notImplemented("connections with an AuthenticationConfiguration");
  const { type, properties } =
    TestConnectionInput === undefined
      ? await state.connections.usable(ownerOf(input, call), ConnectionName ?? "")
      : {
          type: TestConnectionInput.ConnectionType,
          properties: propertiesOf(TestConnectionInput),
        };
  await probeConnection(type, properties);
  return {};
}
