import type {
  CreateDeliveryStreamInput,
  StartDeliveryStreamEncryptionInput,
  UpdateDestinationInput,
} from "@aws-sdk/client-firehose";
import type { Call } from "../../gateway/call.ts";
import type { Input, Permission } from "../../gateway/service.ts";
import { destinationRoles } from "./destinations/kinds.ts";
import { firehoseService } from "./s3/settings-check.ts";
import type { FirehoseState } from "./state.ts";
import { streamResource } from "./stream-lookup.ts";

/** To create a stream with all that is said of it: to pass its roles, tag it, and let Firehose use its key. */
export function createPermissions(
  state: FirehoseState,
  input: Input<CreateDeliveryStreamInput>,
  call: Call,
): readonly Permission[] {
  const [arn = ""] = streamResource(state, input, call);
  const source = input.KinesisStreamSourceConfiguration?.RoleARN;
  const roles = [...destinationRoles(input), ...(source === undefined ? [] : [source])];
  const permissions: Permission[] = [{ action: "firehose:CreateDeliveryStream", resources: [arn] }];
  if ((input.Tags ?? []).length > 0)
    permissions.push({ action: "firehose:TagDeliveryStream", resources: [arn] });
  permissions.push(...passing(roles, arn));
  permissions.push(...granting(state, input.DeliveryStreamEncryptionConfigurationInput?.KeyARN, call));
  return permissions;
}

export function updatePermissions(
  state: FirehoseState,
  input: Input<UpdateDestinationInput>,
  call: Call,
): readonly Permission[] {
  const [arn = ""] = streamResource(state, input, call);
  return [
    { action: "firehose:UpdateDestination", resources: [arn] },
    ...passing(destinationRoles(input), arn),
  ];
}

export function encryptionPermissions(
  state: FirehoseState,
  input: Input<StartDeliveryStreamEncryptionInput>,
  call: Call,
): readonly Permission[] {
  return [
    { action: "firehose:StartDeliveryStreamEncryption", resources: streamResource(state, input, call) },
    ...granting(state, input.DeliveryStreamEncryptionConfigurationInput?.KeyARN, call),
  ];
}

/** One permission a role, so that a condition holds for each of them. */
function passing(roles: readonly string[], arn: string): Permission[] {
  return [...new Set(roles)].map((role) => ({
    action: "iam:PassRole",
    resources: [role],
    context: { "iam:PassedToService": firehoseService, "iam:AssociatedResourceArn": arn },
  }));
}

/** A caller must be allowed to grant Firehose the use of a key. */
function granting({ keys }: FirehoseState, keyArn: string | undefined, call: Call): Permission[] {
  if (keyArn === undefined) return [];
  const { account, region } = call;
  const permission = keys.permission({ keyArn, owner: { account, region }, caller: account });
  return permission === undefined ? [] : [permission];
}
