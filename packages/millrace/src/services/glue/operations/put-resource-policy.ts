import type { PutResourcePolicyRequest, PutResourcePolicyResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidInput } from "../errors.ts";
import { checkConditions } from "../policies/policies.ts";
import { checkCatalogPolicy, hashOf } from "../policies/policy-document.ts";
import type { GlueState } from "../state.ts";

export async function putResourcePolicy(
  state: GlueState,
  input: Input<PutResourcePolicyRequest>,
  call: Call,
): Promise<PutResourcePolicyResponse> {
  const { account, region } = call;
  const { PolicyInJson: text, ResourceArn } = input;
  if (ResourceArn !== undefined) throw invalidInput("Glue resource level policy is not currently supported");
  checkCatalogPolicy(text, { account, region });
  const { policies } = state;
  const hash = hashOf(text);
  await policies.table.change(async () => {
    const current = policies.find(call);
    checkConditions(current, input);
    const createdMs = current?.createdMs ?? call.receivedAt;
    await policies.table.put({ account, region, text, hash, createdMs, updatedMs: call.receivedAt });
  });
  return { PolicyHash: hash };
}
