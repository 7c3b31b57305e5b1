import type { GetPublicKeyRequest, GetPublicKeyResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { unsupported } from "../errors.ts";
import { checkGrantTokens } from "../grant-token-check.ts";
import { findOrMakeKey } from "../key-lookup.ts";
import { algorithms } from "../key-metadata.ts";
import { isAsymmetric } from "../key-spec.ts";
import { requireEnabled } from "../key-state.ts";
import type { KmsState } from "../state.ts";

export async function getPublicKey(
  state: KmsState,
  input: Input<GetPublicKeyRequest>,
  call: Call,
): Promise<GetPublicKeyResponse> {
  checkGrantTokens(state, input.GrantTokens);
  const key = await findOrMakeKey(state, input.KeyId, call);
  const { spec, usage, publicKey } = key.document;
  if (!isAsymmetric(key.facts))
    throw unsupported(`${key.arn} key spec is ${spec} which is not valid for GetPublicKey.`);
  requireEnabled(key, state.clock.now());
  return {
    KeyId: key.arn,
    PublicKey: Buffer.from(publicKey ?? "", "base64"),
    CustomerMasterKeySpec: spec as NonNullable<GetPublicKeyResponse["CustomerMasterKeySpec"]>,
    KeySpec: spec,
    KeyUsage: usage,
    ...algorithms(key),
  };
}
