import type { CreateTagsMessage } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { RedshiftState } from "../state.ts";
import { findTagged } from "../tagged-resources.ts";
import { withTags } from "../tags.ts";

export function createTags(
  state: RedshiftState,
  { ResourceName, Tags }: Input<CreateTagsMessage>,
  call: Call,
): Promise<void> {
  return state.change(async () => {
    const resource = findTagged(state, call, ResourceName);
    await state.commit(call, [resource.put(withTags(resource.tags, Tags))]);
  });
}
