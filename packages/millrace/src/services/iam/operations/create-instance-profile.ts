import type { CreateInstanceProfileRequest, CreateInstanceProfileResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { describeProfileFully } from "../describe.ts";
import type { ProfileDocument } from "../document.ts";
import { alreadyExists, quotaExceeded } from "../errors.ts";
import { limits } from "../limits.ts";
import type { IamState } from "../state.ts";
import { withTags } from "../tags.ts";
import { uniqueId } from "../unique-id.ts";

export async function createInstanceProfile(
  state: IamState,
  input: Input<CreateInstanceProfileRequest>,
  call: Call,
): Promise<CreateInstanceProfileResponse> {
  const { InstanceProfileName: name, Path: path = "/" } = input;
  const profile: ProfileDocument = {
    ...{ name, path, id: uniqueId("AIPA"), createdMs: state.clock.now(), roles: [] },
    tags: withTags({}, input.Tags),
  };
  await state.change(call.account, (account, draft) => {
    if (account.profiles.has(keyOf(name))) throw alreadyExists(`Instance Profile ${name} already exists.`);
    if (account.profiles.size >= limits.profilesPerAccount)
      throw quotaExceeded("InstanceProfilesPerAccount", limits.profilesPerAccount);
    draft.put("profiles", keyOf(name), profile);
  });
  return { InstanceProfile: describeProfileFully(state.account(call.account), profile) };
}
