import type { DescribeKeyRequest, DescribeKeyResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { checkGrantTokens } from "../grant-token-check.ts";
import { findOrMakeKey } from "../key-lookup.ts";
import { keyMetadata } from "../key-metadata.ts";
import type { KmsState } from "../state.ts";

export async function describeKey(
  state: KmsState,
  input: Input<DescribeKeyRequest>,
  call: Call,
): Promise<DescribeKeyResponse> {
  checkGrantTokens(state, input.GrantTokens);
  const key = await findOrMakeKey(state, input.KeyId, call);
  return { KeyMetadata: keyMetadata(state, key) };
}
