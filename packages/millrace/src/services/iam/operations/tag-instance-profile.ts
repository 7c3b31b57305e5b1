import type { TagInstanceProfileRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeProfile } from "../profiles.ts";
import type { IamState } from "../state.ts";
import { withTags } from "../tags.ts";

export async function tagInstanceProfile(
  state: IamState,
  input: Input<TagInstanceProfileRequest>,
  call: Call,
): Promise<void> {
  await changeProfile(state, call, input.InstanceProfileName, (profile) => ({
    ...profile,
    tags: withTags(profile.tags, input.Tags),
  }));
}
