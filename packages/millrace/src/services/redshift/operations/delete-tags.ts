import type { DeleteTagsMessage } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { RedshiftState } from "../state.ts";
import { findTagged } from "../tagged-resources.ts";
import { withoutTags } from "../tags.ts";

/** Keys that are not there are passed over. */
export function deleteTags(
  state: RedshiftState,
  { ResourceName, TagKeys }: Input<DeleteTagsMessage>,
  call: Call,
): Promise<void> {
  return state.change(async () => {
    const resource = findTagged(state, call, ResourceName);
    await state.commit(call, [resource.put(withoutTags(resource.tags, TagKeys))]);
  });
}
