import type { CreateServiceLinkedRoleRequest, CreateServiceLinkedRoleResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { describeRole } from "../describe.ts";
import type { RoleDocument } from "../document.ts";
import { invalidInput } from "../errors.ts";
import { limits } from "../limits.ts";
import { checkNewRole, linkedRoleName, linkedTrust } from "../roles.ts";
import type { IamState } from "../state.ts";
import { uniqueId } from "../unique-id.ts";

export async function createServiceLinkedRole(
  state: IamState,
  input: Input<CreateServiceLinkedRoleRequest>,
  call: Call,
): Promise<CreateServiceLinkedRoleResponse> {
  const service = input.AWSServiceName;
  const suffix = input.CustomSuffix === undefined ? "" : `_${input.CustomSuffix}`;
  const name = `${linkedRoleName(service)}${suffix}`;
  const role: RoleDocument = {
    ...{ name, path: `/aws-service-role/${service}/`, id: uniqueId("AROA"), createdMs: state.clock.now() },
    ...{ inline: {}, attached: [], tags: {}, description: input.Description ?? "" },
    trust: linkedTrust(service),
    maxSessionSeconds: limits.defaultSessionSeconds,
    linkedService: service,
  };
  await state.change(call.account, (account, draft) => {
    if (account.roles.has(keyOf(name)))
      throw invalidInput(
        `Service role name ${name} has been taken in this account, please try a different suffix.`,
      );
    checkNewRole(account, name);
    draft.put("roles", keyOf(name), role);
  });
  return { Role: describeRole(call.account, role) };
}
