import { formatArn, partitionOf } from "../../core/arn.ts";
import type { Call } from "../../gateway/call.ts";

/** `arn:aws:cloudwatch:us-east-1:000000000000:alarm:orders` */
export function alarmArn(
  { account, region }: { readonly account: string; readonly region: string },
  name: string,
): string {
  const partition = partitionOf(region);
  return formatArn({ partition, service: "cloudwatch", region, account, resource: `alarm:${name}` });
}

/** For the policy engine: the alarm that an input means; all of them when it names none. */
export function alarmResource(
  _state: unknown,
  input: { readonly AlarmName?: string | undefined },
  call: Call,
): readonly string[] {
  return [alarmArn(call, input.AlarmName ?? "*")];
}

/** For the policy engine: the alarms that an input names; all of them when it names none. */
export function alarmsResource(
  _state: unknown,
  input: { readonly AlarmNames?: readonly string[] | undefined },
  call: Call,
): readonly string[] {
  return (input.AlarmNames ?? ["*"]).map((name) => alarmArn(call, name));
}
