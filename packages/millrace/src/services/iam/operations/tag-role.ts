import type { TagRoleRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeHolder } from "../holders.ts";
import type { IamState } from "../state.ts";
import { withTags } from "../tags.ts";

export async function tagRole(state: IamState, input: Input<TagRoleRequest>, call: Call): Promise<void> {
  await changeHolder(state, call, { kind: "role", name: input.RoleName }, (role) => ({
    ...role,
    tags: withTags(role.tags, input.Tags),
  }));
}
