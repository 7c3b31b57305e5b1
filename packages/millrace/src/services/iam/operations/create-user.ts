import type { CreateUserRequest, CreateUserResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { describeUserFully } from "../describe.ts";
import type { UserDocument } from "../document.ts";
import { alreadyExists, quotaExceeded } from "../errors.ts";
import { limits } from "../limits.ts";
import { attachable } from "../policies.ts";
import type { IamState } from "../state.ts";
import { withTags } from "../tags.ts";
import { uniqueId } from "../unique-id.ts";

export async function createUser(
  state: IamState,
  input: Input<CreateUserRequest>,
  call: Call,
): Promise<CreateUserResponse> {
  const { UserName: name, Path: path = "/", PermissionsBoundary: boundary } = input;
  const user: UserDocument = {
    ...{
      name,
      path,
      id: uniqueId("AIDA"),
      createdMs: state.clock.now(),
      inline: {},
      attached: [],
      groups: [],
    },
    tags: withTags({}, input.Tags),
    ...(boundary === undefined ? {} : { boundary }),
  };
  await state.change(call.account, (account, draft) => {
    if (account.users.has(keyOf(name))) throw alreadyExists(`User with name ${name} already exists.`);
    if (account.users.size >= limits.usersPerAccount)
      throw quotaExceeded("UsersPerAccount", limits.usersPerAccount);
    if (boundary !== undefined) attachable(state, account, boundary);
    draft.put("users", keyOf(name), user);
  });
  return { User: describeUserFully(call.account, user) };
}
