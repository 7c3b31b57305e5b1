import type { ListSigningCertificatesRequest, ListSigningCertificatesResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findHolder } from "../holders.ts";
import type { IamState } from "../state.ts";

export function listSigningCertificates(
  state: IamState,
  input: Input<ListSigningCertificatesRequest>,
  call: Call,
): ListSigningCertificatesResponse {
  if (input.UserName !== undefined)
    findHolder(state.account(call.account), { kind: "user", name: input.UserName });
  return { Certificates: [], IsTruncated: false };
}
