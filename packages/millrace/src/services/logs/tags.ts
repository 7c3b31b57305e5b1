import { ServiceError } from "../../core/errors.ts";
import type { Call } from "../../gateway/call.ts";
import { groupNameOf } from "./arn.ts";
import { invalidParameter } from "./errors.ts";
import { limits } from "./limits.ts";
import type { LogsState } from "./state.ts";

type Tags = Readonly<Record<string, string>>;

/** The group that a tag operation means by its ARN, which has nothing after the name. */
export function taggedGroup(arn: string, call: Call): string {
  if (!arn.startsWith("arn:") || arn.endsWith(":*"))
    throw invalidParameter(`The resource ${arn} cannot be tagged: it is not the ARN of a log group.`);
  return groupNameOf(arn, call);
}

export function checkTags(tags: Tags, resource: string): void {
  if (Object.keys(tags).some((key) => key.toLowerCase().startsWith("aws:")))
    throw invalidParameter("Tag keys must not start with aws:.");
  if (Object.keys(tags).length > limits.tagsPerGroup)
    throw new ServiceError(
      "TooManyTagsException",
      `The resource cannot have more than ${limits.tagsPerGroup} tags.`,
      { members: { resourceName: resource } },
    );
}

export function addTags(state: LogsState, call: Call, group: string, tags: Tags): Promise<void> {
  return state.file.write(() => {
    const found = state.groups.get(call, group);
    const all = { ...found.tags, ...tags };
    checkTags(all, group);
    state.groups.setTags(found, all);
  });
}

export function removeTags(
  state: LogsState,
  call: Call,
  group: string,
  keys: readonly string[],
): Promise<void> {
  return state.file.write(() => {
    const found = state.groups.get(call, group);
    const left = Object.entries(found.tags).filter(([key]) => !keys.includes(key));
    state.groups.setTags(found, Object.fromEntries(left));
  });
}
