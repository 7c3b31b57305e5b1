import type { Call } from "../../gateway/call.ts";
import { noSuchEntity, validation } from "./errors.ts";

/** Nobody has a login profile here: there is no console sign-in that one would be for. */
export const noLoginProfile = (user: string): Error =>
  noSuchEntity(`Login Profile for User ${user} cannot be found.`);

export function userNameOf(
  { UserName }: { readonly UserName?: string | undefined },
  { principal }: Call,
): string {
  if (UserName !== undefined) return UserName;
  if (principal.kind === "user") return principal.arn.slice(principal.arn.lastIndexOf("/") + 1);
  throw validation("Must specify userName when calling with non-User credentials");
}
