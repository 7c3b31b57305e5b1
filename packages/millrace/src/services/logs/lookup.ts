import type { Call } from "../../gateway/call.ts";
import { groupArn, groupNameOf, streamArn } from "./arn.ts";
import { invalidParameter } from "./errors.ts";
import type { LogGroupRow } from "./group-table.ts";
import type { LogsState } from "./state.ts";

/** The two ways in which an input may name its group. */
interface GroupReference {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}

function nameOf({ logGroupName, logGroupIdentifier }: GroupReference, call: Call): string {
  if (logGroupName !== undefined && logGroupIdentifier !== undefined)
    throw invalidParameter("LogGroup name and LogGroup identifier are mutually exclusive parameters.");
  if (logGroupName !== undefined) return logGroupName;
  if (logGroupIdentifier !== undefined) return groupNameOf(logGroupIdentifier, call);
  throw invalidParameter("Either logGroupName or logGroupIdentifier is required.");
}

/** The group that an input means. */
export function findGroup(state: LogsState, reference: GroupReference, call: Call): LogGroupRow {
  return state.groups.get(call, nameOf(reference, call));
}

/** For the policy engine: the group that an input means, or all of them. */
export function groupResource(_state: LogsState, input: GroupReference, call: Call): readonly string[] {
  const isNamed = input.logGroupName !== undefined || input.logGroupIdentifier !== undefined;
  return [streamArn(call, isNamed ? nameOf(input, call) : "", "")];
}

/** For the policy engine: the stream that an input means. */
export function streamResource(
  _state: LogsState,
  input: GroupReference & { readonly logStreamName: string },
  call: Call,
): readonly string[] {
  return [streamArn(call, nameOf(input, call), input.logStreamName)];
}

/** For the policy engine: all groups of the caller. */
export function anyGroup(_state: LogsState, _input: unknown, call: Call): readonly string[] {
  return [streamArn(call, "", "")];
}

/** For the policy engine: a tagged group, whose ARN has nothing after its name. */
export function taggedResource(
  _state: LogsState,
  input: { readonly resourceArn?: string; readonly logGroupName?: string },
  call: Call,
): readonly string[] {
  return [input.resourceArn ?? groupArn(call, input.logGroupName ?? "")];
}

/** For the policy engine: an action that has no resource of its own. */
export function noResource(): readonly string[] {
  return ["*"];
}
