import type {
  AlgorithmSpec,
  GetParametersForImportRequest,
  GetParametersForImportResponse,
  WrappingKeySpec,
} from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { unsupported, validation } from "../errors.ts";
import { requireExternal } from "../import-check.ts";
import type { Key } from "../key.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { requireKept } from "../key-state.ts";
import type { KmsState } from "../state.ts";

const modulusBits: Readonly<Partial<Record<WrappingKeySpec, number>>> = {
  RSA_2048: 2048,
  RSA_3072: 3072,
  RSA_4096: 4096,
};

export async function getParametersForImport(
  state: KmsState,
  input: Input<GetParametersForImportRequest>,
  call: Call,
): Promise<GetParametersForImportResponse> {
  const { KeyId, WrappingAlgorithm, WrappingKeySpec } = input;
  const key = findCustomerKey(state, KeyId, call);
  requireExternal(key);
  requireKept(key, state.clock.now());
  const bits = modulusBits[WrappingKeySpec];
  if (bits === undefined || WrappingAlgorithm === "SM2PKE" || WrappingAlgorithm === "RSAES_PKCS1_V1_5")
    throw unsupported(`${WrappingAlgorithm} with ${WrappingKeySpec} is not supported.`);
  checkFits(key, WrappingAlgorithm, WrappingKeySpec);
  const { token, publicKey, validToMs } = await state.importTokens.make(key.arn, WrappingAlgorithm, bits);
  return {
    KeyId: key.arn,
    ImportToken: token,
    PublicKey: publicKey,
    ParametersValidTo: new Date(validToMs),
  };
}

/** A private key that is longer than what OAEP takes needs an AES key in between. */
function checkFits(key: Key, algorithm: AlgorithmSpec, wrappingSpec: WrappingKeySpec): void {
  if (algorithm.startsWith("RSA_AES_KEY_WRAP")) return;
  const { spec } = key.document;
  const isTooLong = key.facts.family === "rsa" || (spec === "ECC_NIST_P521" && wrappingSpec === "RSA_2048");
  if (isTooLong)
    throw validation(`${algorithm} with ${wrappingSpec} cannot wrap key material of key spec ${spec}.`);
}
