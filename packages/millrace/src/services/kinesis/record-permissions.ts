import type { Call } from "../../gateway/call.ts";
import type { Permission, PermissionsOf, ResourcesOf } from "../../gateway/service.ts";
import { parseStreamArn } from "./arn.ts";
import type { StreamKeyUse } from "./dependencies.ts";
import type { KinesisState } from "./state.ts";
import type { Stream } from "./stream.ts";

/**
 * What puts and reads of records need: the action that is called like the operation, and where the stream is
 * encrypted, the use of its key.
 *
 * @param resources the ARN of the stream, or of a consumer of it.
 */
export function recordPermissions<Input>(
  resources: ResourcesOf<KinesisState, Input>,
  keyAction: StreamKeyUse["action"],
): PermissionsOf<KinesisState, Input> {
  return (state, input, call) => {
    const arns = resources(state, input, call);
    const own = { action: `kinesis:${call.operation}`, resources: arns };
    const stream = streamAt(state, arns[0]);
    const key = stream && keyPermission(state, stream, keyAction, call);
    return key === undefined ? [own] : [own, key];
  };
}

function streamAt(state: KinesisState, arn: string | undefined): Stream | undefined {
  if (arn === undefined || arn === "*") return undefined;
  const { account, region, stream } = parseStreamArn(arn);
  return state.streams.get(account, region, stream);
}

/** As on AWS, the key is used under the ARN of its stream. */
function keyPermission(
  { keys }: KinesisState,
  { arn, document }: Stream,
  action: StreamKeyUse["action"],
  call: Call,
): Permission | undefined {
  const { keyId, account, region } = document;
  if (keyId === undefined) return undefined;
  const owner = { account, region };
  return keys.permission({ action, keyId, owner, caller: call.account, context: { "aws:kinesis:arn": arn } });
}
