import type { Unsupported } from "../ast/admin.ts";
import type { Identifier } from "../ast/name.ts";
import type {
  Grant,
  GrantAssumeRole,
  GrantPrivilege,
  GrantRole,
  GrantSystemPrivileges,
  RevokeAssumeRole,
} from "../ast/security.ts";
import { parseAssumeRole } from "./assume-role.ts";
import { atUnsupportedTarget, parseGrantTarget } from "./grant-target.ts";
import { parseGrantees, parseRoleGrantees, parseRoleName } from "./grantee.ts";
import { acceptPrivilege } from "./privilege.ts";
import { parseSystemPrivileges, parseToRoles, unsupportedPrivilege } from "./system-privilege.ts";
import type { TokenStream } from "./token-stream.ts";
import { unsupported } from "./unsupported.ts";

export interface Privileges {
  readonly privileges: readonly GrantPrivilege[] | undefined;
  readonly allColumns: readonly Identifier[];
}

/** GRANT of privileges on objects, of roles, of system privileges to roles, and of the use of IAM roles. */
export function parseGrant(
  stream: TokenStream,
): Grant | GrantRole | GrantSystemPrivileges | GrantAssumeRole | RevokeAssumeRole | Unsupported {
  const { start } = stream.current;
  stream.expect("grant");
  if (stream.at("role")) {
    const roles = parseRoles(stream);
    stream.expect("to");
    const grantees = parseRoleGrantees(stream, "with admin option");
    return { kind: "grant-role", roles, grantees, span: stream.spanFrom(start) };
  }
  if (stream.at("assumerole")) {
    return parseAssumeRole(stream, start, "grant-assume-role");
  }
  const foreign = unsupportedPrivilege(stream);
  if (foreign !== undefined) {
    return unsupported(stream, start, `GRANT ${foreign}`);
  }
  const privileges = acceptPrivileges(stream);
  if (privileges === undefined || !isObjectGrant(stream, privileges)) {
    const names = privileges === undefined ? parseSystemPrivileges(stream) : ["all"];
    const roles = parseToRoles(stream, "to");
    return { kind: "grant-system-privileges", privileges: names, roles, span: stream.spanFrom(start) };
  }
  const feature = atUnsupportedTarget(stream);
  if (feature !== undefined) {
    return unsupported(stream, start, `GRANT ${feature}`);
  }
  const target = parseGrantTarget(stream);
  stream.expect("to");
  if (stream.at("rls", "policy")) {
    return unsupported(stream, start, "GRANT TO RLS POLICY");
  }
  const grantees = parseGrantees(stream, "with grant option");
  return { kind: "grant", ...privileges, target, grantees, span: stream.spanFrom(start) };
}

/** GRANT ALL TO ROLE r has no object: it gives all system privileges. */
export function isObjectGrant(stream: TokenStream, { privileges }: Privileges): boolean {
  return privileges !== undefined || stream.at("on") || stream.at("for");
}

/** `ROLE a, ROLE b` or `ROLE a, b` */
export function parseRoles(stream: TokenStream): readonly Identifier[] {
  stream.expect("role");
  return stream.list(() => {
    stream.accept("role");
    return parseRoleName(stream);
  });
}

/** ALL [PRIVILEGES] [(columns)] or a list; undefined, and nothing read, where system privileges follow. */
export function acceptPrivileges(stream: TokenStream): Privileges | undefined {
  if (stream.accept("all")) {
    stream.accept("privileges");
    return { privileges: undefined, allColumns: stream.at("(") ? stream.columnList() : [] };
  }
  const first = acceptPrivilege(stream);
  if (first === undefined) {
    return undefined;
  }
  const privileges = [first];
  while (stream.accept(",")) {
    const next = acceptPrivilege(stream);
    if (next === undefined) {
      throw stream.syntaxError();
    }
    privileges.push(next);
  }
  return { privileges, allColumns: [] };
}
