import type { UntagResourceInput } from "@aws-sdk/client-dynamodb";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import type { DynamodbState } from "../state.ts";
import { findTableByArn, requireActive } from "../tables/table-lookup.ts";

export async function untagResource(state: DynamodbState, input: Input<UntagResourceInput>): Promise<void> {
  if (input.TagKeys.length === 0) throw validation("Atleast one Tag Key needs to be provided as Input.");
  await state.tables.change(findTableByArn(state, input.ResourceArn), (document) => {
    requireActive(document);
    const tags = Object.entries(document.tags).filter(([key]) => !input.TagKeys.includes(key));
    return { ...document, tags: Object.fromEntries(tags) };
  });
}
