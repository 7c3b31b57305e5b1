import type { TagUserRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeHolder } from "../holders.ts";
import type { IamState } from "../state.ts";
import { withTags } from "../tags.ts";

export async function tagUser(state: IamState, input: Input<TagUserRequest>, call: Call): Promise<void> {
  await changeHolder(state, call, { kind: "user", name: input.UserName }, (user) => ({
    ...user,
    tags: withTags(user.tags, input.Tags),
  }));
}
