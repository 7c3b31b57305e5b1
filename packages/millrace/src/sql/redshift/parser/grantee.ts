import type { Identifier } from "../ast/name.ts";
import type { Grantee, RoleGrantee } from "../ast/security.ts";
import type { TokenStream } from "./token-stream.ts";

/** `u [WITH GRANT OPTION] | GROUP g | ROLE r | PUBLIC` with commas between. */
export function parseGrantees(
  stream: TokenStream,
  option: "with grant option" | undefined,
): readonly Grantee[] {
  return stream.list(() => {
    const grantee = parseGrantee(stream);
    const withOption = option !== undefined && stream.accept("with", "grant", "option");
    return withOption ? { ...grantee, grantOption: true } : grantee;
  });
}

/** One grantee, without an option. */
export function parseGrantee(stream: TokenStream): Grantee {
  if (stream.accept("public")) {
    return { kind: "public", name: undefined, grantOption: false };
  }
  // ROLE and GROUP are names as well where nothing that is a name stands behind them.
  const kind = stream.at("group") || stream.atIdentifier(1) ? stream.acceptAny("group", "role") : undefined;
  const name =
    kind === "role" ? parseRoleName(stream) : kind === "group" ? stream.identifier() : stream.userName();
  return { kind: kind ?? "user", name, grantOption: false };
}

/** `r`, or `sys:dba`: a role of the system. */
export function parseRoleName(stream: TokenStream): Identifier {
  const { start } = stream.current;
  const first = stream.identifier();
  if (first.quoted || first.name !== "sys" || !stream.accept(":")) {
    return first;
  }
  const { name } = stream.label();
  return { name: `sys:${name}`, quoted: false, span: stream.spanFrom(start) };
}

/** `u [WITH ADMIN OPTION] | ROLE r` with commas between. */
export function parseRoleGrantees(
  stream: TokenStream,
  option: "with admin option" | undefined,
): readonly RoleGrantee[] {
  return stream.list(() => {
    const kind = stream.atIdentifier(1) && stream.accept("role") ? "role" : "user";
    const name = kind === "role" ? parseRoleName(stream) : stream.userName();
    const adminOption = option !== undefined && stream.accept("with", "admin", "option");
    return { kind, name, adminOption };
  });
}
