import type { GetAccessKeyInfoRequest, GetAccessKeyInfoResponse } from "@aws-sdk/client-sts";
import { accountOfAccessKeyId } from "../../../core/access-key-id.ts";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import type { StsState } from "../state.ts";

/** The account is written in the id: whether there is such a key is another question. */
export function getAccessKeyInfo(
  _state: StsState,
  input: Input<GetAccessKeyInfoRequest>,
): GetAccessKeyInfoResponse {
  const Account = accountOfAccessKeyId(input.AccessKeyId);
  if (Account === undefined) throw validation(`The access key id ${input.AccessKeyId} names no account.`);
  return { Account };
}
