import type {
  AssumeRoleCommand,
  AssumeRoleTarget,
  GrantAssumeRole,
  RevokeAssumeRole,
} from "../ast/security.ts";
import { parseGrantees } from "./grantee.ts";
import type { TokenStream } from "./token-stream.ts";

/** GRANT or REVOKE has been read: `ASSUMEROLE ON { 'role' [, ...] | DEFAULT | ALL } TO u, ... FOR { ALL | COPY | ... }`. */
export function parseAssumeRole(
  stream: TokenStream,
  start: number,
  kind: "grant-assume-role" | "revoke-assume-role",
): GrantAssumeRole | RevokeAssumeRole {
  stream.expect("assumerole", "on");
  const target = parseTarget(stream);
  stream.expect(kind === "grant-assume-role" ? "to" : "from");
  const grantees = parseGrantees(stream, undefined);
  stream.expect("for");
  const commands = [...new Set(stream.list(() => parseCommands(stream)).flat())];
  return { kind, target, grantees, commands, span: stream.spanFrom(start) };
}

function parseTarget(stream: TokenStream): AssumeRoleTarget {
  if (stream.accept("all")) {
    return { kind: "all" };
  }
  if (stream.accept("default")) {
    return { kind: "default" };
  }
  return { kind: "roles", chains: stream.list(() => stream.string()) };
}

function parseCommands(stream: TokenStream): readonly AssumeRoleCommand[] {
  if (stream.accept("all")) {
    return ["copy", "unload", "external function", "create model"];
  }
  if (stream.accept("copy")) {
    return ["copy"];
  }
  if (stream.accept("unload")) {
    return ["unload"];
  }
  if (stream.accept("external", "function")) {
    return ["external function"];
  }
  stream.expect("create", "model");
  return ["create model"];
}
