import type { AssumeRoleCommand } from "../../../sql/redshift/ast/security.ts";
import type { AssumeRoleRecord } from "../leader-records.ts";
import type { Principal } from "./principal.ts";

const assumeRoleCommands: readonly AssumeRoleCommand[] = Object.freeze([
  "copy",
  "unload",
  "external function",
  "create model",
]);

/** What a new cluster begins with: everybody may use every IAM role of it, until that is revoked. */
export const everybodyAssumes: readonly AssumeRoleRecord[] = Object.freeze(
  assumeRoleCommands.map(
    (command, index): AssumeRoleRecord => ({
      id: index + 1,
      granteeKind: "public",
      granteeId: 0,
      roles: "all",
      command,
    }),
  ),
);

/** A chain was granted as a whole: its links are nothing by themselves. */
export function mayAssume(
  principal: Principal,
  roles: string,
  command: AssumeRoleCommand,
  granted: Iterable<AssumeRoleRecord>,
): boolean {
  if (principal.isSuperuser) return true;
  for (const record of granted)
    if (
      record.command === command &&
      (record.roles === "all" || record.roles === roles) &&
      principal.reaches(record)
    )
      return true;
  return false;
}
