import type { Unsupported } from "../ast/admin.ts";
import type {
  GrantAssumeRole,
  Revoke,
  RevokeAssumeRole,
  RevokeRole,
  RevokeSystemPrivileges,
} from "../ast/security.ts";
import { parseAssumeRole } from "./assume-role.ts";
import { acceptPrivileges, isObjectGrant, parseRoles } from "./grant.ts";
import { atUnsupportedTarget, parseGrantTarget } from "./grant-target.ts";
import { parseGrantees, parseRoleGrantees } from "./grantee.ts";
import { parseBehavior } from "./shared-clauses.ts";
import { parseSystemPrivileges, parseToRoles, unsupportedPrivilege } from "./system-privilege.ts";
import type { TokenStream } from "./token-stream.ts";
import { unsupported } from "./unsupported.ts";

/** REVOKE of what GRANT gives. */
export function parseRevoke(
  stream: TokenStream,
): Revoke | RevokeRole | RevokeSystemPrivileges | GrantAssumeRole | RevokeAssumeRole | Unsupported {
  const { start } = stream.current;
  stream.expect("revoke");
  const adminOptionFor = stream.accept("admin", "option", "for");
  if (adminOptionFor || stream.at("role")) {
    const roles = parseRoles(stream);
    stream.expect("from");
    const grantees = parseRoleGrantees(stream, undefined);
    return { kind: "revoke-role", adminOptionFor, roles, grantees, span: stream.spanFrom(start) };
  }
  if (stream.at("assumerole")) {
    return parseAssumeRole(stream, start, "revoke-assume-role");
  }
  const foreign = unsupportedPrivilege(stream);
  if (foreign !== undefined) {
    return unsupported(stream, start, `REVOKE ${foreign}`);
  }
  const grantOptionFor = stream.accept("grant", "option", "for");
  const privileges = acceptPrivileges(stream);
  if (privileges === undefined || !isObjectGrant(stream, privileges)) {
    const names = privileges === undefined ? parseSystemPrivileges(stream) : ["all"];
    const roles = parseToRoles(stream, "from");
    return { kind: "revoke-system-privileges", privileges: names, roles, span: stream.spanFrom(start) };
  }
  const feature = atUnsupportedTarget(stream);
  if (feature !== undefined) {
    return unsupported(stream, start, `REVOKE ${feature}`);
  }
  const target = parseGrantTarget(stream);
  stream.expect("from");
  if (stream.at("rls", "policy")) {
    return unsupported(stream, start, "REVOKE FROM RLS POLICY");
  }
  const grantees = parseGrantees(stream, undefined);
  const behavior = parseBehavior(stream);
  return {
    kind: "revoke",
    grantOptionFor,
    ...privileges,
    target,
    grantees,
    behavior,
    span: stream.spanFrom(start),
  };
}
