import type { CreateRoleRequest, CreateRoleResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { describeRoleFully } from "../describe.ts";
import type { RoleDocument } from "../document.ts";
import { limits } from "../limits.ts";
import { attachable } from "../policies.ts";
import { checkNewRole, checkTrust } from "../roles.ts";
import type { IamState } from "../state.ts";
import { withTags } from "../tags.ts";
import { uniqueId } from "../unique-id.ts";

export async function createRole(
  state: IamState,
  input: Input<CreateRoleRequest>,
  call: Call,
): Promise<CreateRoleResponse> {
  const { RoleName: name, Path: path = "/", PermissionsBoundary: boundary } = input;
  checkTrust(input.AssumeRolePolicyDocument);
  const role: RoleDocument = {
    ...{ name, path, id: uniqueId("AROA"), createdMs: state.clock.now(), inline: {}, attached: [] },
    description: input.Description ?? "",
    trust: input.AssumeRolePolicyDocument,
    maxSessionSeconds: input.MaxSessionDuration ?? limits.defaultSessionSeconds,
    tags: withTags({}, input.Tags),
    ...(boundary === undefined ? {} : { boundary }),
  };
  await state.change(call.account, (account, draft) => {
    checkNewRole(account, name);
    if (boundary !== undefined) attachable(state, account, boundary);
    draft.put("roles", keyOf(name), role);
  });
  return { Role: describeRoleFully(call.account, role) };
}
