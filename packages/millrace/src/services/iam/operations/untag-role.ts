import type { UntagRoleRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeHolder } from "../holders.ts";
import type { IamState } from "../state.ts";
import { withoutTags } from "../tags.ts";

export async function untagRole(state: IamState, input: Input<UntagRoleRequest>, call: Call): Promise<void> {
  await changeHolder(state, call, { kind: "role", name: input.RoleName }, (role) => ({
    ...role,
    tags: withoutTags(role.tags, input.TagKeys),
  }));
}
