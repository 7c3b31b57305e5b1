import type { UntagUserRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeHolder } from "../holders.ts";
import type { IamState } from "../state.ts";
import { withoutTags } from "../tags.ts";

export async function untagUser(state: IamState, input: Input<UntagUserRequest>, call: Call): Promise<void> {
  await changeHolder(state, call, { kind: "user", name: input.UserName }, (user) => ({
    ...user,
    tags: withoutTags(user.tags, input.TagKeys),
  }));
}
