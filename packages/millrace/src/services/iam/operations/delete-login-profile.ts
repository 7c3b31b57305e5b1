import type { DeleteLoginProfileRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findLogin, loginUser } from "../login.ts";
import type { IamState } from "../state.ts";

export async function deleteLoginProfile(
  state: IamState,
  input: Input<DeleteLoginProfileRequest>,
  call: Call,
): Promise<void> {
  await state.change(call.account, (account, draft) => {
    const login = findLogin(account, loginUser(account, input, call));
    draft.remove("logins", login.userId);
  });
}
