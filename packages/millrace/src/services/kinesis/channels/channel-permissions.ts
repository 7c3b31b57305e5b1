import type { CreateChannelInput } from "@aws-sdk/client-kinesis";
import { formatArn, partitionOf } from "../../../core/arn.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input, Permission } from "../../../gateway/service.ts";
import type { KinesisState } from "../state.ts";
import { kinesisService } from "./channel-parts.ts";

/** To create a channel: on its stream, twice, to tag it, and to pass its role. */
export function createChannelPermissions(
  _state: KinesisState,
  input: Input<CreateChannelInput>,
  { account, region }: Call,
): readonly Permission[] {
  const streams = input.StreamConfigurationList.map(({ StreamARN }) => StreamARN);
  const channels = formatArn({
    partition: partitionOf(region),
    service: "kinesis",
    region,
    account,
    resource: "channel/*",
  });
  const permissions: Permission[] = [
    { action: "kinesis:CreateChannel", resources: streams },
    { action: "kinesis:AssociateStreamsWithChannel", resources: streams },
  ];
  if (input.Tags !== undefined) permissions.push({ action: "kinesis:TagResource", resources: [channels] });
  permissions.push({
    action: "iam:PassRole",
    resources: [input.ServiceExecutionRoleARN],
    context: { "iam:PassedToService": kinesisService, "iam:AssociatedResourceArn": channels },
  });
  return permissions;
}
