import type { RoleAccess } from "../../../core/role-access.ts";
import { analyticsService, applicationArn } from "../arn.ts";
import { cannotAssume } from "../errors.ts";
import type { Owner } from "./document.ts";

/** @throws ServiceError InvalidArgumentException when the role does not trust the service */
export function checkRole(
  roles: RoleAccess,
  roleArn: string,
  application: Owner & { readonly name: string },
): void {
  const sourceArn = applicationArn(application);
  if (roles.assuming({ roleArn, service: analyticsService, sourceArn }) !== undefined)
    throw cannotAssume(roleArn);
}
