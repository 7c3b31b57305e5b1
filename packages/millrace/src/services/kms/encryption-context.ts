import { validation } from "./errors.ts";
import { limits } from "./limits.ts";

export type EncryptionContext = Readonly<Record<string, string>>;

/**
 * The bytes that bind a ciphertext to its context: the pairs in the order of their keys' bytes, so that the
 * order in which a client sends them does not matter.
 *
 *   Context => Pair*
 *   Pair    => KeyLength u32  Key  ValueLength u32  Value      (UTF-8, big endian)
 */
export function encodeContext(context: EncryptionContext | undefined): Buffer {
  const pairs = Object.entries(context ?? {}).map(([key, value]): [Buffer, Buffer] => [
    Buffer.from(key),
    Buffer.from(value),
  ]);
  pairs.sort(([a], [b]) => Buffer.compare(a, b));
  const encoded = Buffer.concat(pairs.flatMap(([key, value]) => [sized(key), sized(value)]));
  if (encoded.length > limits.encryptionContextBytes)
    throw validation(`EncryptionContext is too large; the limit is ${limits.encryptionContextBytes} bytes.`);
  return encoded;
}

function sized(bytes: Buffer): Buffer {
  const framed = Buffer.allocUnsafe(4 + bytes.length);
  framed.writeUInt32BE(bytes.length);
  bytes.copy(framed, 4);
  return framed;
}
