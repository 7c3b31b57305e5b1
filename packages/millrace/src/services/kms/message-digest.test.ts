import {
  constants,
  createHash,
  createSign,
  createVerify,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { describe, expect, it } from "vitest";
import { signEcdsaDigest, verifyEcdsaDigest } from "./ecdsa-digest.ts";
import { signMessage, verifyMessage } from "./signing.ts";

const message = Buffer.from("what is signed");
const hashes = ["sha256", "sha384", "sha512"] as const;

describe("signatures over digests are those over messages", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pss = (key: KeyObject): object => ({
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });

  for (const hash of hashes) {
    const bits = hash.slice(3) as "256" | "384" | "512";
    const digest = createHash(hash).update(message).digest();

    it(`PKCS #1 v1.5 with ${hash}`, async () => {
      const asDigest = {
        algorithm: `RSASSA_PKCS1_V1_5_SHA_${bits}`,
        message: digest,
        type: "DIGEST",
      } as const;
      expect(await signMessage(privateKey, asDigest)).toEqual(sign(hash, message, privateKey));
      expect(await verifyMessage(privateKey, asDigest, sign(hash, message, privateKey))).toBe(true);
      expect(await verifyMessage(privateKey, asDigest, sign(hash, digest, privateKey))).toBe(false);
      expect(await verifyMessage(privateKey, asDigest, Buffer.alloc(256, 7))).toBe(false);
      expect(await verifyMessage(privateKey, asDigest, Buffer.alloc(3))).toBe(false);
    });

    it(`PSS with ${hash}`, async () => {
      const asDigest = { algorithm: `RSASSA_PSS_SHA_${bits}`, message: digest, type: "DIGEST" } as const;
      const ours = await signMessage(privateKey, asDigest);
      expect(
        createVerify(hash)
          .update(message)
          .verify(pss(publicKey) as never, ours),
      ).toBe(true);
      const theirs = createSign(hash)
        .update(message)
        .sign(pss(privateKey) as never);
      expect(await verifyMessage(privateKey, asDigest, theirs)).toBe(true);
      for (let at = 0; at < theirs.length; at += 17) {
        const changed = Buffer.from(theirs);
        changed[at] = (changed[at] ?? 0) ^ 0x10;
        expect(await verifyMessage(privateKey, asDigest, changed)).toBe(false);
      }
    });
  }
});

describe("ECDSA over digests", () => {
  for (const namedCurve of ["prime256v1", "secp256k1", "secp384r1", "secp521r1"]) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });

    it(`${namedCurve}: OpenSSL verifies ours, we verify OpenSSL's`, async () => {
      for (const hash of hashes) {
        const digest = createHash(hash).update(message).digest();
        for (let round = 0; round < 4; round++) {
          expect(verify(hash, message, publicKey, await signEcdsaDigest(privateKey, digest))).toBe(true);
          expect(await verifyEcdsaDigest(publicKey, digest, sign(hash, message, privateKey))).toBe(true);
        }
        const other = createHash(hash).update("something else").digest();
        expect(await verifyEcdsaDigest(publicKey, other, sign(hash, message, privateKey))).toBe(false);
      }
    });

    it(`${namedCurve}: takes no signature that is not exactly one`, async () => {
      const digest = createHash("sha256").update(message).digest();
      const good = await signEcdsaDigest(privateKey, digest);
      expect(await verifyEcdsaDigest(publicKey, digest, good)).toBe(true);
      for (let at = 0; at < good.length; at++) {
        const changed = Buffer.from(good);
        changed[at] = (changed[at] ?? 0) ^ 1;
        expect(await verifyEcdsaDigest(publicKey, digest, changed)).toBe(false);
        expect(await verifyEcdsaDigest(publicKey, digest, good.subarray(0, at))).toBe(false);
      }
      expect(await verifyEcdsaDigest(publicKey, digest, Buffer.concat([good, Buffer.alloc(1)]))).toBe(false);
      const zeros = Buffer.from("3006020100020100", "hex");
      expect(await verifyEcdsaDigest(publicKey, digest, zeros)).toBe(false);
    });
  }
});
