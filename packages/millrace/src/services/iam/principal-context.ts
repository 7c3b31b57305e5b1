import type { ContextEntries } from "../../core/policy/request-context.ts";
import type { Principal } from "../../gateway/call.ts";
import type { RoleDocument, UserDocument } from "./document.ts";

const types: Readonly<Record<Principal["kind"], string>> = {
  root: "Account",
  user: "User",
  role: "AssumedRole",
  anonymous: "Anonymous",
};

/** The condition keys that follow from who calls; `entity` is the user or role behind it. */
export function principalContext(
  principal: Principal,
  entity: UserDocument | RoleDocument | undefined,
): ContextEntries {
  const { kind, arn, account, userId, roleArn, session } = principal;
  if (kind === "anonymous") return { "aws:PrincipalType": "Anonymous", "aws:userid": "anonymous" };
  return {
    "aws:PrincipalAccount": account,
    // A session is known by its role's ARN, so that a condition holds for all sessions.
    "aws:PrincipalArn": roleArn ?? arn,
    "aws:PrincipalType": types[kind],
    "aws:userid": userId ?? account,
    "aws:username": kind === "user" ? entity?.name : undefined,
    ...(session === undefined ? {} : sessionContext(session)),
    ...principalTags({ ...entity?.tags, ...session?.tags }),
  };
}

function sessionContext(session: NonNullable<Principal["session"]>): ContextEntries {
  return {
    "aws:TokenIssueTime": new Date(session.issuedAtMs).toISOString(),
    // Only temporary credentials can have been asked for with a device, and there are none here.
    "aws:MultiFactorAuthPresent": "false",
    "aws:SourceIdentity": session.sourceIdentity,
    "aws:FederatedProvider": session.federatedBy,
  };
}

function principalTags(tags: Readonly<Record<string, string>>): ContextEntries {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));
}
