import { createHmac } from "node:crypto";
import type { MacAlgorithmSpec } from "@aws-sdk/client-kms";
import { incompatibleAlgorithm } from "./errors.ts";
import type { Key } from "./key.ts";
import { requireMaterial } from "./key-state.ts";
import type { KmsState } from "./state.ts";

const hashes: Readonly<Record<MacAlgorithmSpec, string>> = {
  HMAC_SHA_224: "sha224",
  HMAC_SHA_256: "sha256",
  HMAC_SHA_384: "sha384",
  HMAC_SHA_512: "sha512",
};

/** The HMAC of a message under a key that is enabled. */
export function macOf(state: KmsState, key: Key, algorithm: MacAlgorithmSpec, message: Uint8Array): Buffer {
  if (!key.facts.mac.includes(algorithm)) throw incompatibleAlgorithm(algorithm, key.document.spec);
  const secret = key.secret(requireMaterial(key, state.clock.now()), state.master);
  return createHmac(hashes[algorithm], secret).update(message).digest();
}
