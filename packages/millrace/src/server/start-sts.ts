import type { Service } from "../gateway/service.ts";
import { iamArn, providerArn } from "../services/iam/arn.ts";
import { knownPolicy } from "../services/iam/policies.ts";
import type { IamState } from "../services/iam/state.ts";
import { roleByArn } from "../services/iam/trust-policies.ts";
import { createSts, fetchJson, type IdentityDirectory } from "../services/sts/index.ts";
import { openIdentities } from "./open-identities.ts";
import type { ServiceContext } from "./service-context.ts";

/** STS on what IAM knows. */
export async function startSts(context: ServiceContext): Promise<Service> {
  const { clock } = context;
  const { state, sessions } = await openIdentities(context);
  return createSts({
    clock,
    sessions,
    identities: directoryOf(state),
    fetchJson: (url) => fetchJson(url, clock),
  });
}

function directoryOf(state: IamState): IdentityDirectory {
  return {
    role(arn) {
      const found = roleByArn(state, arn);
      const account = arn.split(":")[4] ?? "";
      return found && { ...found, account, arn: iamArn(account, "role", found) };
    },
    provider(account, issuer) {
      const found = state.account(account).providers.get(issuer);
      return found && { url: found.url, clientIds: found.clientIds, arn: providerArn(account, issuer) };
    },
    hasPolicy: (account, arn) => knownPolicy(state, state.account(account), arn) !== undefined,
  };
}
