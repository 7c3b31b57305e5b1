import type { ListTagsOfResourceInput, ListTagsOfResourceOutput } from "@aws-sdk/client-dynamodb";
import type { Input } from "../../../gateway/service.ts";
import type { DynamodbState } from "../state.ts";
import { findTableByArn } from "../tables/table-lookup.ts";
import { tagList } from "../tables/tags.ts";

/** A table has 50 tags at most, so all are on the first page. */
export function listTagsOfResource(
  state: DynamodbState,
  input: Input<ListTagsOfResourceInput>,
): ListTagsOfResourceOutput {
  return { Tags: tagList(findTableByArn(state, input.ResourceArn).document.tags) };
}
