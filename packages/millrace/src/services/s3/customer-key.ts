import { createHash, timingSafeEqual } from "node:crypto";
import { ServiceError } from "../../core/errors.ts";
import type { ObjectVersion } from "../../kernels/objects/index.ts";
import { accessDenied, invalidArgument, invalidRequest } from "./errors.ts";

/** The headers of SSE-C. */
export interface CustomerKeyInput {
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
}

export interface CustomerKey {
  readonly key: Uint8Array;
  /** Base64. */
  readonly md5: string;
}

const keyBytes = 32;
const argument = "x-amz-server-side-encryption";
const intro = "Requests specifying Server Side Encryption with Customer provided keys must provide";

/** Reads a key that the client sends along, with what it says about it. */
export function customerKey(input: CustomerKeyInput): CustomerKey | undefined {
  const { SSECustomerAlgorithm: algorithm, SSECustomerKey: text, SSECustomerKeyMD5: md5 } = input;
  if (algorithm === undefined && text === undefined && md5 === undefined) return undefined;
  if (algorithm === undefined)
    throw invalidArgument(`${intro} a valid encryption algorithm.`, argument, "null");
  if (algorithm !== "AES256")
    throw new ServiceError(
      "InvalidEncryptionAlgorithmError",
      "The Encryption request you specified is not valid. Supported value: AES256.",
      { members: { ArgumentName: argument, ArgumentValue: algorithm } },
    );
  if (text === undefined) throw invalidArgument(`${intro} an appropriate secret key.`, argument, "null");
  if (md5 === undefined)
    throw invalidArgument(`${intro} the client calculated MD5 of the secret key.`, argument, "null");
  const key = Buffer.from(text, "base64");
  if (key.length !== keyBytes || key.toString("base64") !== text)
    throw invalidArgument("The secret key was invalid for the specified algorithm.", argument);
  if (!sameText(createHash("md5").update(key).digest("base64"), md5))
    throw invalidArgument(
      "The calculated MD5 hash of the key did not match the hash that was provided.",
      argument,
    );
  return { key, md5 };
}

/** The key that an object's bytes, or the parts of an upload, need; undefined when they need none. */
export function neededKey(
  { encryption }: Pick<ObjectVersion, "encryption">,
  input: CustomerKeyInput,
  missing: string = "The object was stored using a form of Server Side Encryption. The correct parameters must be " +
    "provided to retrieve the object.",
): Uint8Array | undefined {
  const given = customerKey(input);
  if (encryption.kind !== "customer") {
    if (given !== undefined)
      throw invalidRequest("The encryption parameters are not applicable to this object.");
    return undefined;
  }
  if (given === undefined) throw invalidRequest(missing);
  if (!sameText(given.md5, encryption.keyMd5)) throw accessDenied();
  return given.key;
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
