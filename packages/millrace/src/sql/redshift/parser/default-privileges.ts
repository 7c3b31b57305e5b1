import type { AlterDefaultPrivileges, PrivilegeName } from "../ast/security.ts";
import { parseGrantees } from "./grantee.ts";
import { acceptPrivilegeName } from "./privilege.ts";
import { expectAny, parseBehavior } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

/** ALTER DEFAULT PRIVILEGES has been read. */
export function parseAlterDefaultPrivileges(stream: TokenStream, start: number): AlterDefaultPrivileges {
  const users = stream.accept("for") ? parseUsers(stream) : [];
  const schemas = stream.accept("in", "schema") ? stream.list(() => stream.identifier()) : [];
  const action = expectAny(stream, "grant", "revoke");
  const grantOptionFor = action === "revoke" && stream.accept("grant", "option", "for");
  const privileges = parsePrivilegeNames(stream);
  stream.expect("on");
  const objectType = expectAny(stream, "tables", "functions", "procedures");
  stream.expect(action === "grant" ? "to" : "from");
  const grantees = parseGrantees(stream, action === "grant" ? "with grant option" : undefined);
  const behavior = action === "revoke" ? parseBehavior(stream) : undefined;
  return {
    kind: "alter-default-privileges",
    users,
    schemas,
    action,
    grantOptionFor,
    privileges,
    objectType,
    grantees,
    behavior,
    span: stream.spanFrom(start),
  };
}

function parseUsers(stream: TokenStream): AlterDefaultPrivileges["users"] {
  stream.expect("user");
  return stream.list(() => stream.userName());
}

/** Undefined: ALL [PRIVILEGES]. */
function parsePrivilegeNames(stream: TokenStream): readonly PrivilegeName[] | undefined {
  if (stream.accept("all")) {
    stream.accept("privileges");
    return undefined;
  }
  return stream.list(() => {
    const name = acceptPrivilegeName(stream);
    if (name === undefined) {
      throw stream.syntaxError();
    }
    return name;
  });
}
