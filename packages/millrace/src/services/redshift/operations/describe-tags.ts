import type { DescribeTagsMessage, TaggedResourceListMessage } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidValue } from "../errors.ts";
import { pageOf } from "../paging.ts";
import type { RedshiftState } from "../state.ts";
import { allTagged, findTagged, resourceTypeNamed } from "../tagged-resources.ts";
import { tagFits, tagList } from "../tags.ts";

/** One entry a tag, of one resource or of all. */
export function describeTags(
  state: RedshiftState,
  input: Input<DescribeTagsMessage>,
  call: Call,
): TaggedResourceListMessage {
  const { ResourceName: arn, ResourceType: typeName } = input;
  if (arn && typeName)
    throw invalidValue(
      "You cannot filter a list of resources using an Amazon Resource Name (ARN) and a resource type together in the same request. Retry the request using either an ARN or a resource type, but not both.",
    );
  const type = typeName ? resourceTypeNamed(typeName) : undefined;
  if (typeName && type === undefined) throw invalidValue(`The resource type ${typeName} is not valid.`);
  const resources = arn ? [findTagged(state, call, arn)] : allTagged(state, call);
  const fits = tagFits(input);
  const found = resources
    .filter((resource) => type === undefined || resource.type === type)
    .flatMap((resource) => tagList(resource.tags).map((Tag) => ({ resource, Tag })))
    .filter(({ Tag }) => fits(Tag.Key ?? "", Tag.Value ?? ""))
    .map((entry) => ({ ...entry, key: `${entry.resource.arn}\u0000${entry.Tag.Key}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const { items, rest } = pageOf(state, call, input, found, ({ key }) => key);
  return {
    TaggedResources: items.map(({ resource, Tag }) => ({
      Tag,
      ResourceName: resource.arn,
      ResourceType: resource.type,
    })),
    ...rest,
  };
}
