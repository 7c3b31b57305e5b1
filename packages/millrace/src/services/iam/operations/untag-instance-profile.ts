import type { UntagInstanceProfileRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeProfile } from "../profiles.ts";
import type { IamState } from "../state.ts";
import { withoutTags } from "../tags.ts";

export async function untagInstanceProfile(
  state: IamState,
  input: Input<UntagInstanceProfileRequest>,
  call: Call,
): Promise<void> {
  await changeProfile(state, call, input.InstanceProfileName, (profile) => ({
    ...profile,
    tags: withoutTags(profile.tags, input.TagKeys),
  }));
}
