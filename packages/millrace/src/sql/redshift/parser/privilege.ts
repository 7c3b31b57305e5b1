import type { GrantPrivilege, PrivilegeName } from "../ast/security.ts";
import type { TokenStream } from "./token-stream.ts";

const PRIVILEGES: ReadonlyMap<string, PrivilegeName> = new Map<string, PrivilegeName>([
  ["select", "select"],
  ["insert", "insert"],
  ["update", "update"],
  ["delete", "delete"],
  ["drop", "drop"],
  ["references", "references"],
  ["truncate", "truncate"],
  ["alter", "alter"],
  ["trigger", "trigger"],
  ["rule", "rule"],
  ["usage", "usage"],
  ["create", "create"],
  ["temporary", "temporary"],
  ["temp", "temporary"],
  ["execute", "execute"],
]);

/** A privilege on an object. Its word may also begin a system privilege: CREATE alone, not CREATE USER. */
export function acceptPrivilegeName(stream: TokenStream): PrivilegeName | undefined {
  const name = PRIVILEGES.get(stream.current.lexeme);
  const following = stream.peek(1).lexeme;
  if (
    name === undefined ||
    !(following === "," || following === "on" || following === "for" || following === "(")
  ) {
    return undefined;
  }
  stream.next();
  return name;
}

/** `select`, `update (a, b)` */
export function acceptPrivilege(stream: TokenStream): GrantPrivilege | undefined {
  const { start } = stream.current;
  const name = acceptPrivilegeName(stream);
  if (name === undefined) {
    return undefined;
  }
  const columns = stream.at("(") ? stream.columnList() : [];
  return { name, columns, span: stream.spanFrom(start) };
}
