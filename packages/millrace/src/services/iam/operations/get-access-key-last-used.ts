import type { GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { userOfKey } from "../access-keys.ts";
import { noSuchEntity } from "../errors.ts";
import type { IamState } from "../state.ts";

export function getAccessKeyLastUsed(
  state: IamState,
  input: Input<GetAccessKeyLastUsedRequest>,
  call: Call,
): GetAccessKeyLastUsedResponse {
  const account = state.account(call.account);
  const key = account.keys.get(input.AccessKeyId);
  const user = key === undefined ? undefined : userOfKey(account, key);
  if (user === undefined) throw noSuchEntity(`The Access Key with id ${input.AccessKeyId} cannot be found.`);
  const use = state.keyUses.get(input.AccessKeyId);
  return {
    UserName: user.name,
    AccessKeyLastUsed:
      use === undefined
        ? { ServiceName: "N/A", Region: "N/A" }
        : { ServiceName: use.service, Region: use.region, LastUsedDate: new Date(use.atMs) },
  };
}
