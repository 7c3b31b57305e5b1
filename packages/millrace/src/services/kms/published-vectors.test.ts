import { createPrivateKey, createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signEcdsaDigest, verifyEcdsaDigest } from "./ecdsa-digest.ts";
import { verifyMessage } from "./signing.ts";

const base64Url = (hex: string): string => Buffer.from(hex, "hex").toString("base64url");

function der(r: string, s: string): Buffer {
  const integer = (hex: string): Buffer => {
    const bytes = Buffer.from(Number.parseInt(hex.slice(0, 2), 16) >= 0x80 ? `00${hex}` : hex, "hex");
    return Buffer.concat([Buffer.from([2, bytes.length]), bytes]);
  };
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

describe("RFC 6979, appendix A.2.5: ECDSA on P-256 with SHA-256", () => {
  const d = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
  const x = "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6";
  const y = "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
  const jwk = { kty: "EC", crv: "P-256", x: base64Url(x), y: base64Url(y) };
  const publicKey = createPublicKey({ key: jwk, format: "jwk" });
  const privateKey = createPrivateKey({ key: { ...jwk, d: base64Url(d) }, format: "jwk" });
  const sample = Buffer.from("af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf", "hex");

  it('the signature of the message "sample" is one of its digest', async () => {
    const signature = der(
      "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
      "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    );
    expect(await verifyEcdsaDigest(publicKey, sample, signature)).toBe(true);
    expect(await verifyEcdsaDigest(publicKey, Buffer.alloc(32), signature)).toBe(false);
    expect(
      await verifyMessage(
        privateKey,
        { algorithm: "ECDSA_SHA_256", message: sample, type: "DIGEST" },
        signature,
      ),
    ).toBe(true);
  });

  it("nonces do not repeat", async () => {
    const signatures = Array.from({ length: 20 }, () => signEcdsaDigest(privateKey, sample));
    const texts = (await Promise.all(signatures)).map((signature) => signature.toString("hex"));
    expect(new Set(texts).size).toBe(20);
  });
});
