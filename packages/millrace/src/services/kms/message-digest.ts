import { createHash, timingSafeEqual } from "node:crypto";

/** A hash by the name that OpenSSL has for it. */
export type HashName = "sha256" | "sha384" | "sha512";

export const hashBytes = { sha256: 32, sha384: 48, sha512: 64 } as const;

/** DER of DigestInfo up to the digest itself (RFC 8017, section 9.2, note 1). */
const digestInfo: Readonly<Record<HashName, string>> = {
  sha256: "3031300d060960864801650304020105000420",
  sha384: "3041300d060960864801650304020205000430",
  sha512: "3051300d060960864801650304020305000440",
};

/** What PKCS #1 v1.5 signs for a digest: `DigestInfo => AlgorithmIdentifier Digest`. */
export function encodeDigestInfo(hash: HashName, digest: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(digestInfo[hash], "hex"), digest]);
}

/**
 * EMSA-PSS-ENCODE of RFC 8017, section 9.1.1, from step 3 on: the digest is given, the salt is as long as it.
 *
 *   EM       => MaskedDB H 0xbc
 *   H        => Hash(0x00 * 8, Digest, Salt)
 *   MaskedDB => (0x00 ... 0x01 Salt) xor MGF1(H), leftmost bits of the modulus' excess cleared
 */
export function encodePss(hash: HashName, digest: Uint8Array, salt: Uint8Array, modulusBits: number): Buffer {
  const length = Math.ceil((modulusBits - 1) / 8);
  const h = hashOfSalted(hash, digest, salt);
  const block = Buffer.alloc(length - h.length - 1);
  block[block.length - salt.length - 1] = 1;
  block.set(salt, block.length - salt.length);
  const masked = clearExcess(xor(block, mask(hash, h, block.length)), modulusBits);
  return Buffer.concat([masked, h, Buffer.from([0xbc])]);
}

/** EMSA-PSS-VERIFY of RFC 8017, section 9.1.2, from step 3 on. */
export function isPssOf(hash: HashName, digest: Uint8Array, encoded: Buffer, modulusBits: number): boolean {
  const hLength = hashBytes[hash];
  const length = Math.ceil((modulusBits - 1) / 8);
  if (encoded.length !== length || encoded.at(-1) !== 0xbc) return false;
  const masked = encoded.subarray(0, length - hLength - 1);
  const h = encoded.subarray(masked.length, masked.length + hLength);
  if (!clearExcess(Buffer.from(masked), modulusBits).equals(masked)) return false;
  const block = clearExcess(xor(masked, mask(hash, h, masked.length)), modulusBits);
  const salt = block.subarray(block.length - hLength);
  const padding = block.subarray(0, block.length - hLength);
  if (padding.at(-1) !== 1 || padding.subarray(0, -1).some((byte) => byte !== 0)) return false;
  return timingSafeEqual(hashOfSalted(hash, digest, salt), h);
}

function hashOfSalted(hash: HashName, digest: Uint8Array, salt: Uint8Array): Buffer {
  return createHash(hash).update(Buffer.alloc(8)).update(digest).update(salt).digest();
}

/** MGF1 (RFC 8017, appendix B.2.1). */
function mask(hash: HashName, seed: Uint8Array, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 0; counter * hashBytes[hash] < length; counter++) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    blocks.push(createHash(hash).update(seed).update(count).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(a: Uint8Array, b: Uint8Array): Buffer {
  return Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)));
}

/** The encoded message has one bit less than the modulus; what is above it is zero. */
function clearExcess(bytes: Buffer, modulusBits: number): Buffer {
  const excess = 8 * Math.ceil((modulusBits - 1) / 8) - (modulusBits - 1);
  bytes[0] = (bytes[0] ?? 0) & (0xff >> excess);
  return bytes;
}
