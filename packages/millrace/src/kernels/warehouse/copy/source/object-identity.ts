import type { Copy, CopyAuthorization } from "../../../../sql/redshift/ast/copy.ts";
import type { IamRole } from "../../../../sql/redshift/ast/schema.ts";
import { SqlError } from "../../../../sql/sql-error.ts";
import type { ObjectIdentity } from "../../objects-port.ts";

/** AWS's limit of roles in a chain. */
const maxRoles = 10;

/** In whose name COPY reads. @throws SqlError for none, a wrong one, or what Millrace does not do */
export function objectIdentity(
  authorization: Copy["authorization"],
  defaultRole: string | undefined,
): ObjectIdentity {
  if (authorization === undefined) throw invalidCredentials();
  switch (authorization.kind) {
    case "iam-role":
      return { kind: "roles", roleArns: roleArns(authorization.role, defaultRole) };
    case "keys":
      return authorization;
    case "credentials":
      return fromText(authorization);
  }
}

function roleArns(role: IamRole, defaultRole: string | undefined): readonly string[] {
  if (role.kind === "session")
    throw new SqlError(
      "0A000",
      "IAM_ROLE 'SESSION' needs a federated identity, which Millrace does not have",
    );
  if (role.kind === "default") {
    if (defaultRole === undefined)
      throw new SqlError("XX000", "The default IAM role is not set for this cluster");
    return [defaultRole];
  }
  const wrong = role.arns.find((arn) => !/^arn:aws[\w-]*:iam::\d{12}:role\/.+/.test(arn));
  if (wrong !== undefined || role.arns.length === 0)
    throw new SqlError("XX000", `Invalid IAM role ARN: ${wrong ?? ""}`);
  if (role.arns.length > maxRoles)
    throw new SqlError("XX000", `Cannot chain more than ${maxRoles} IAM roles`);
  return role.arns;
}

/** `name=value` pairs with semicolons between them. */
function fromText({ text }: Extract<CopyAuthorization, { kind: "credentials" }>): ObjectIdentity {
  const pairs = new Map<string, string>();
  for (const part of text.split(";")) {
    const at = part.indexOf("=");
    if (at < 0) throw invalidCredentials();
    pairs.set(part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim());
  }
  if (pairs.has("master_symmetric_key")) throw clientSideEncryption();
  const role = pairs.get("aws_iam_role");
  if (role !== undefined)
    return {
      kind: "roles",
      roleArns: roleArns({ kind: "arns", arns: role.split(",").map((arn) => arn.trim()) }, undefined),
    };
  const accessKeyId = pairs.get("aws_access_key_id");
  const secretAccessKey = pairs.get("aws_secret_access_key");
  if (accessKeyId === undefined || secretAccessKey === undefined) throw invalidCredentials();
  return { kind: "keys", accessKeyId, secretAccessKey, sessionToken: pairs.get("token") };
}

export function clientSideEncryption(): SqlError {
  return new SqlError(
    "0A000",
    "ENCRYPTED and MASTER_SYMMETRIC_KEY (client-side encryption) are not supported; objects with server-side encryption need no option",
  );
}

function invalidCredentials(): SqlError {
  return new SqlError(
    "XX000",
    "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...' or 'aws_access_key_id=...;aws_secret_access_key=...[;token=...]'",
  );
}
