import { randomInt } from "node:crypto";
import type { PutResourcePolicyInput, PutResourcePolicyOutput } from "@aws-sdk/client-dynamodb";
import type { Input } from "../../../gateway/service.ts";
import type { DynamodbState } from "../state.ts";
import { checkPolicy, policyNotFound } from "../tables/resource-policy.ts";
import { findTableByArn, requireActive } from "../tables/table-lookup.ts";

/** Clients treat a revision as opaque text; AWS's are numbers. */
const maxRevision = 2 ** 47;
const noPolicy = "NO_POLICY";

export async function putResourcePolicy(
  state: DynamodbState,
  input: Input<PutResourcePolicyInput>,
): Promise<PutResourcePolicyOutput> {
  checkPolicy(input.Policy);
  const table = findTableByArn(state, input.ResourceArn);
  const revision = String(randomInt(maxRevision));
  await state.tables.change(table, (document) => {
    requireActive(document);
    const { ExpectedRevisionId: expected } = input;
    if (expected !== undefined && expected !== (document.policy?.revision ?? noPolicy))
      throw policyNotFound(input.ResourceArn);
    return { ...document, policy: { text: input.Policy, revision } };
  });
  return { RevisionId: revision };
}
