import type { AccountAttributeList, DescribeAccountAttributesMessage } from "@aws-sdk/client-redshift";
import type { Input } from "../../../gateway/service.ts";
import { limits } from "../limits.ts";
import type { RedshiftState } from "../state.ts";

const attributes: Readonly<Record<string, string>> = Object.freeze({
  "max-defer-maintenance-duration": "60",
  "max-nodes": String(limits.nodesPerRegion),
});

/** Names that there are not are passed over. */
export function describeAccountAttributes(
  _state: RedshiftState,
  { AttributeNames: names }: Input<DescribeAccountAttributesMessage>,
): AccountAttributeList {
  const wanted = Object.entries(attributes).filter(([name]) => !names?.length || names.includes(name));
  return {
    AccountAttributes: wanted.map(([AttributeName, AttributeValue]) => ({
      AttributeName,
      AttributeValues: [{ AttributeValue }],
    })),
  };
}
