import type { Principal } from "../../gateway/call.ts";
import type { Runner } from "./document.ts";

/** Whoever has the same role sees the same statements; with `userId`, only those of the same session of it. */
export function runnerOf({ arn, roleArn, userId }: Principal): Runner {
  return { identity: roleArn ?? arn, userId: userId ?? arn };
}

/** The database user of an IAM identity: `IAM:anna`, `IAMR:analyst`. */
export function databaseUserOf({ kind, arn, roleArn }: Principal): string {
  if (kind === "role") return `IAMR:${lastPart(roleArn ?? arn)}`;
  return `IAM:${kind === "user" ? lastPart(arn) : "root"}`;
}

/** `arn:aws:iam::000000000000:user/team/anna` is `anna`. */
const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);
