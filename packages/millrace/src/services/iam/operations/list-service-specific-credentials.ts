import type {
  ListServiceSpecificCredentialsRequest,
  ListServiceSpecificCredentialsResponse,
} from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findHolder } from "../holders.ts";
import type { IamState } from "../state.ts";

export function listServiceSpecificCredentials(
  state: IamState,
  input: Input<ListServiceSpecificCredentialsRequest>,
  call: Call,
): ListServiceSpecificCredentialsResponse {
  if (input.UserName !== undefined)
    findHolder(state.account(call.account), { kind: "user", name: input.UserName });
  return { ServiceSpecificCredentials: [] };
}
