import type {
  ClusterExtendedCredentials,
  GetClusterCredentialsWithIAMMessage,
} from "@aws-sdk/client-redshift";
import type { Call, Principal } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { credentialsCluster, issueCredentials } from "../credentials.ts";
import { notImplemented } from "../errors.ts";
import { checkDatabaseName } from "../names.ts";
import type { RedshiftState } from "../state.ts";

/** One database user an IAM identity: `IAM:anna`, `IAMR:analyst`. The first login makes it. */
export async function getClusterCredentialsWithIAM(
  state: RedshiftState,
  input: Input<GetClusterCredentialsWithIAMMessage>,
  call: Call,
): Promise<ClusterExtendedCredentials> {
  if (input.CustomDomainName) throw notImplemented("CustomDomainName");
  const cluster = credentialsCluster(state, call, input);
  if (input.DbName) checkDatabaseName(input.DbName);
  const user = databaseUserOf(call.principal);
  const credentials = await issueCredentials(state, cluster, {
    user,
    // With its prefix: an identity called like the admin user is not the admin user.
    databaseUser: user,
    seconds: input.DurationSeconds,
    createUser: true,
    groups: [],
    database: input.DbName || undefined,
  });
  // Nothing is renewed before its end.
  return { ...credentials, NextRefreshTime: credentials.Expiration };
}

function databaseUserOf({ kind, arn, roleArn }: Principal): string {
  if (kind === "role") return `IAMR:${lastPart(roleArn ?? arn)}`;
  return `IAM:${kind === "user" ? lastPart(arn) : "root"}`;
}

/** `arn:aws:iam::000000000000:user/team/anna` is `anna`. */
const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);
