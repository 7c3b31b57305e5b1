import type { ClusterCredentials, GetClusterCredentialsMessage } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { credentialsCluster, issueCredentials } from "../credentials.ts";
import { invalidValue, notImplemented } from "../errors.ts";
import { limits } from "../limits.ts";
import { checkDatabaseName, checkUserName } from "../names.ts";
import type { RedshiftState } from "../state.ts";

/** `IAM:user` for one that is there, `IAMA:user` for one that the first login makes. */
export async function getClusterCredentials(
  state: RedshiftState,
  input: Input<GetClusterCredentialsMessage>,
  call: Call,
): Promise<ClusterCredentials> {
  if (input.CustomDomainName) throw notImplemented("CustomDomainName");
  const cluster = credentialsCluster(state, call, input);
  const user = input.DbUser.toLowerCase();
  checkUserName(user, "DbUser", limits.databaseUserChars);
  const groups = (input.DbGroups ?? []).map((group) => group.toLowerCase());
  if (groups.length > limits.dbGroupsPerCredentials)
    throw invalidValue(`DbGroups must not have more than ${limits.dbGroupsPerCredentials} entries.`);
  for (const group of groups) checkUserName(group, "DbGroups", limits.databaseUserChars);
  if (input.DbName) checkDatabaseName(input.DbName);
  const createUser = input.AutoCreate === true;
  return issueCredentials(state, cluster, {
    user: `${createUser ? "IAMA" : "IAM"}:${user}`,
    seconds: input.DurationSeconds,
    createUser,
    groups,
    database: input.DbName || undefined,
  });
}
