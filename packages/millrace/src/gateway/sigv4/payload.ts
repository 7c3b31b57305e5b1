import { AuthFailure } from "./auth-failure.ts";
import type { HmacKey } from "./hmac-key.ts";

/** What a request's signature says of its body. */
export type Payload =
  /** The hash of the whole body, in lower-case hexadecimal. */
  | { readonly kind: "hashed"; readonly sha256: string }
  | { readonly kind: "unsigned" }
  /** aws-chunked without signatures; `trailer`: headers follow the last chunk. */
  | { readonly kind: "chunked"; readonly trailer: boolean }
  | { readonly kind: "signedChunks"; readonly trailer: boolean; readonly chain: ChunkChain };

/** Each chunk is signed over the signature before it; the first one over the request's. */
export interface ChunkChain {
  readonly signingKey: HmacKey;
  readonly timestamp: string;
  /** `day/region/service/aws4_request`. */
  readonly scope: string;
  readonly seedSignature: string;
}

const literals: Readonly<
  Record<string, "unsigned" | "chunked" | "chunked+trailer" | "signed" | "signed+trailer">
> = {
  "UNSIGNED-PAYLOAD": "unsigned",
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER": "chunked+trailer",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD": "signed",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER": "signed+trailer",
};

/** Reads `x-amz-content-sha256`. */
export function payloadOf(declared: string, chain: ChunkChain): Payload {
  const literal = literals[declared];
  if (literal === "unsigned") return { kind: "unsigned" };
  if (literal === "chunked+trailer") return { kind: "chunked", trailer: true };
  if (literal === "signed" || literal === "signed+trailer") {
    return { kind: "signedChunks", trailer: literal === "signed+trailer", chain };
  }
  if (/^[0-9a-fA-F]{64}$/.test(declared)) return { kind: "hashed", sha256: declared.toLowerCase() };
  if (declared.startsWith("STREAMING-AWS4-ECDSA-")) {
    throw new AuthFailure("unsupported", "Signature version 4A (AWS4-ECDSA-P256-SHA256) is not implemented.");
  }
  throw new AuthFailure(
    "malformedChunk",
    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, " +
      "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
  );
}

/** The same where nobody checks signatures: the coding is undone, and a declared hash still has to match. */
export function trustedPayload(declared: string | undefined): Payload {
  const literal = literals[declared ?? "UNSIGNED-PAYLOAD"];
  if (literal === "unsigned") return { kind: "unsigned" };
  if (literal !== undefined) return { kind: "chunked", trailer: literal.endsWith("+trailer") };
  if (declared !== undefined && /^[0-9a-fA-F]{64}$/.test(declared))
    return { kind: "hashed", sha256: declared.toLowerCase() };
  // Signatures of version 4A are chunks like the others, of which nothing is checked here.
  if (declared?.startsWith("STREAMING-") === true)
    return { kind: "chunked", trailer: declared.endsWith("-TRAILER") };
  return { kind: "unsigned" };
}
