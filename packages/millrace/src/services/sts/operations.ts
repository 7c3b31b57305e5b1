import type { OperationTable } from "../../gateway/service.ts";
import { assumeRole } from "./operations/assume-role.ts";
import { assumeRoleWithWebIdentity } from "./operations/assume-role-with-web-identity.ts";
import { getAccessKeyInfo } from "./operations/get-access-key-info.ts";
import { getCallerIdentity } from "./operations/get-caller-identity.ts";
import { getSessionToken } from "./operations/get-session-token.ts";
import { assumePermissions, noPermission, noResource, roleResource } from "./resources.ts";
import type { StsState } from "./state.ts";

/** What Millrace has of STS. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<StsState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  // coverage: no MFA devices, no provided contexts, no padded tokens
  AssumeRole: { run: assumeRole, resources: roleResource, permissions: assumePermissions },
  // The token proves who calls; the operation asks the role's trust policy itself.
  // coverage: OpenID Connect providers only; no session tags or source identity from the token
  AssumeRoleWithWebIdentity: {
    run: assumeRoleWithWebIdentity,
    resources: roleResource,
    permissions: noPermission,
  },
  GetAccessKeyInfo: { run: getAccessKeyInfo, resources: noResource },
  GetCallerIdentity: { run: getCallerIdentity, resources: noResource, permissions: noPermission },
  // coverage: no MFA devices, no padded tokens
  GetSessionToken: { run: getSessionToken, resources: noResource, permissions: noPermission },
};
