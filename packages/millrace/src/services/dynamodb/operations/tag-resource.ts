import type { TagResourceInput } from "@aws-sdk/client-dynamodb";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import type { DynamodbState } from "../state.ts";
import { findTableByArn, requireActive } from "../tables/table-lookup.ts";
import { withTags } from "../tables/tags.ts";

export async function tagResource(state: DynamodbState, input: Input<TagResourceInput>): Promise<void> {
  if (input.Tags.length === 0) throw validation("Atleast one Tag needs to be provided as Input.");
  await state.tables.change(findTableByArn(state, input.ResourceArn), (document) => {
    requireActive(document);
    return { ...document, tags: withTags(document.tags, input.Tags) };
  });
}
