import { parseKmsArn } from "./key-arn.ts";
import type { KmsState } from "./state.ts";

/** The policies of a key: its own first, then what each of its grants says. */
export function keyPolicies(state: KmsState, arn: string): readonly string[] {
  const parsed = parseKmsArn(arn);
  if (parsed === undefined || !parsed.resource.startsWith("key/")) return [];
  const key = state.keys.get(parsed, parsed.resource.slice("key/".length));
  if (key === undefined) return [];
  return [key.document.policy, ...state.grants.policies(key.arn)];
}
