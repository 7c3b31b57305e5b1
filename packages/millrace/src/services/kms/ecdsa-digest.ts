import { createECDH, type KeyObject, randomBytes } from "node:crypto";
import { assert } from "../../core/assert.ts";
import { type Curve, combine, curveNamed, inverse, modulo } from "./curve.ts";

/*
 * ECDSA over a digest that the client has computed (FIPS 186-5, section 6.4). node:crypto hashes whatever it
 * signs and verifies, so that MessageType DIGEST needs the two equations here. The multiplication by the
 * secret nonce is OpenSSL's; the inversion of the nonce is blinded, so that its time says nothing of it. What
 * verifies works on public values only.
 *
 *   Signature => SEQUENCE { INTEGER r, INTEGER s }   (DER)
 */

/** How often a nonce may turn out to be unusable before something is wrong: each time is next to impossible. */
const maxNonces = 64;

export function signEcdsaDigest(privateKey: KeyObject, digest: Uint8Array): Buffer {
  const { curve, d } = privateParts(privateKey);
  const { n } = curve;
  const z = integerOf(curve, digest);
  for (let tries = 0; tries < maxNonces; tries++) {
    const k = randomScalar(curve);
    const r = modulo(xOfMultiple(curve, k), n);
    const blind = randomScalar(curve);
    const s = modulo(inverse(modulo(k * blind, n), n) * modulo(blind * (z + r * d), n), n);
    if (r !== 0n && s !== 0n) return encodeSignature(r, s);
  }
  throw new Error("no usable nonce was found");
}

export function verifyEcdsaDigest(publicKey: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
  const { x, y } = publicKey.export({ format: "jwk" });
  const curve = curveOf(publicKey);
  const parts = decodeSignature(signature);
  if (parts === undefined) return false;
  const { r, s } = parts;
  const { n } = curve;
  if (r <= 0n || r >= n || s <= 0n || s >= n) return false;
  const q = { x: fromBase64Url(x), y: fromBase64Url(y) };
  const w = inverse(s, n);
  const sum = combine(curve, modulo(integerOf(curve, digest) * w, n), modulo(r * w, n), q);
  return sum !== undefined && modulo(sum, n) === r;
}

function curveOf(key: KeyObject): Curve {
  const curve = curveNamed(key.asymmetricKeyDetails?.namedCurve ?? "");
  assert(curve !== undefined, "keys are on curves that KMS has");
  return curve;
}

function privateParts(key: KeyObject): { readonly curve: Curve; readonly d: bigint } {
  return { curve: curveOf(key), d: fromBase64Url(key.export({ format: "jwk" }).d) };
}

/** The digest's leftmost bits, as many as the order has. */
function integerOf({ n }: Curve, digest: Uint8Array): bigint {
  const bits = n.toString(2).length;
  const z = fromHex(Buffer.from(digest).toString("hex"));
  const excess = digest.length * 8 - bits;
  return excess > 0 ? z >> BigInt(excess) : z;
}

/** Uniform in [1, n - 1]: 64 bits more than needed are drawn, so that the remainder has no visible bias. */
function randomScalar({ n, bytes }: Curve): bigint {
  return modulo(fromHex(randomBytes(bytes + 8).toString("hex")), n - 1n) + 1n;
}

function xOfMultiple({ name, bytes }: Curve, k: bigint): bigint {
  const ecdh = createECDH(name);
  ecdh.setPrivateKey(Buffer.from(k.toString(16).padStart(bytes * 2, "0"), "hex"));
  return fromHex(ecdh.getPublicKey("hex", "uncompressed").slice(2, 2 + bytes * 2));
}

const fromHex = (hex: string): bigint => BigInt(`0x${hex === "" ? "0" : hex}`);
const fromBase64Url = (text: string | undefined): bigint =>
  fromHex(Buffer.from(text ?? "", "base64url").toString("hex"));

function encodeSignature(r: bigint, s: bigint): Buffer {
  const body = Buffer.concat([encodeInteger(r), encodeInteger(s)]);
  const length = body.length < 0x80 ? [body.length] : [0x81, body.length];
  return Buffer.concat([Buffer.from([0x30, ...length]), body]);
}

function encodeInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  // The first bit is the sign: a positive number that has it set gets a zero in front.
  const bytes = Buffer.from(Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even, "hex");
  return Buffer.concat([Buffer.from([0x02, bytes.length]), bytes]);
}

/** Undefined unless it is exactly the DER that a signature has. */
function decodeSignature(signature: Uint8Array): { readonly r: bigint; readonly s: bigint } | undefined {
  const bytes = Buffer.from(signature);
  const start = bytes[1] === 0x81 ? 3 : 2;
  const r = decodeInteger(bytes, start);
  const s = r && decodeInteger(bytes, r.end);
  if (r === undefined || s === undefined) return undefined;
  return encodeSignature(r.value, s.value).equals(bytes) ? { r: r.value, s: s.value } : undefined;
}

function decodeInteger(
  bytes: Buffer,
  at: number,
): { readonly value: bigint; readonly end: number } | undefined {
  const length = bytes[at + 1];
  if (bytes[at] !== 0x02 || length === undefined) return undefined;
  const end = at + 2 + length;
  return end > bytes.length ? undefined : { value: fromHex(bytes.toString("hex", at + 2, end)), end };
}
