import type { DeleteResourcePolicyInput, DeleteResourcePolicyOutput } from "@aws-sdk/client-dynamodb";
import type { Input } from "../../../gateway/service.ts";
import type { DynamodbState } from "../state.ts";
import { policyNotFound } from "../tables/resource-policy.ts";
import { findTableByArn, requireActive } from "../tables/table-lookup.ts";

/** Without an expected revision, deleting what is not there succeeds, as AWS says of the operation. */
export async function deleteResourcePolicy(
  state: DynamodbState,
  input: Input<DeleteResourcePolicyInput>,
): Promise<DeleteResourcePolicyOutput> {
  const table = findTableByArn(state, input.ResourceArn);
  let revision: string | undefined;
  await state.tables.change(table, ({ policy, ...document }) => {
    requireActive(document);
    const { ExpectedRevisionId: expected } = input;
    if (expected !== undefined && expected !== policy?.revision) throw policyNotFound(input.ResourceArn);
    revision = policy?.revision;
    return document;
  });
  return revision === undefined ? {} : { RevisionId: revision };
}
