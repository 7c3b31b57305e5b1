import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { type Clock, systemClock } from "../../core/clock.ts";
import { systemCode } from "../../core/errors.ts";
import { writeFileDurably } from "../../core/file.ts";
import {
  bitString,
  boolean,
  integer,
  objectId,
  octetString,
  sequence,
  setOf,
  tagged,
  time,
  utf8String,
} from "./der.ts";
import type { TlsMaterial } from "./listener.ts";

const validityMs = 10 * 365 * 24 * 60 * 60 * 1_000;
/** Browsers and Java check the first moment of validity against clocks that may run behind ours. */
const backdatingMs = 24 * 60 * 60 * 1_000;
const minimumLeftMs = 24 * 60 * 60 * 1_000;

/**
 * The certificate of this Millrace: made when first asked for, kept in `directory` as `tls-key.pem` (mode
 * 0600) and `tls-certificate.pem`. A kept pair that has expired or does not fit together is made anew.
 */
export async function selfSignedCertificate(
  directory: string,
  clock: Clock = systemClock,
): Promise<TlsMaterial> {
  const keyFile = join(directory, "tls-key.pem");
  const certificateFile = join(directory, "tls-certificate.pem");
  const kept = await readKept(keyFile, certificateFile);
  if (kept !== undefined && usable(kept, clock.now())) return kept;
  const made = makeCertificate(clock.now());
  await mkdir(directory, { recursive: true });
  await writeFileDurably(keyFile, made.key, 0o600);
  await writeFileDurably(certificateFile, made.cert, 0o644);
  return made;
}

async function readKept(keyFile: string, certificateFile: string): Promise<TlsMaterial | undefined> {
  try {
    return { key: await readFile(keyFile, "utf8"), cert: await readFile(certificateFile, "utf8") };
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function usable({ key, cert }: TlsMaterial, nowMs: number): boolean {
  try {
    const certificate = new X509Certificate(cert);
    return (
      certificate.checkPrivateKey(createPrivateKey(key)) &&
      Date.parse(certificate.validTo) - nowMs > minimumLeftMs
    );
  } catch {
    // Not PEM, or cut short: as good as absent, a new pair replaces it.
    return false;
  }
}

/**
 * Certificate    = SEQUENCE { tbsCertificate, signatureAlgorithm, signature BIT STRING }
 * TBSCertificate = SEQUENCE { [0] version, serialNumber, signature, issuer, validity, subject,
 *                             subjectPublicKeyInfo, [3] extensions }                (RFC 5280, 4.1)
 */
export function makeCertificate(nowMs: number): TlsMaterial {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const ecdsaWithSha256 = sequence(objectId("1.2.840.10045.4.3.2"));
  const commonName = sequence(objectId("2.5.4.3"), utf8String("Millrace self-signed"));
  const name = sequence(setOf(commonName));
  const spki = publicKey.export({ type: "spki", format: "der" });
  const unsigned = sequence(
    tagged(0, integer([2]), true),
    integer(serial),
    ecdsaWithSha256,
    name,
    sequence(time(nowMs - backdatingMs), time(nowMs + validityMs)),
    name,
    spki,
    tagged(3, extensions(spki), true),
  );
  const signature = sign("sha256", unsigned, privateKey);
  const certificate = sequence(unsigned, ecdsaWithSha256, bitString(signature));
  const key = privateKey.export({ type: "pkcs8", format: "pem" });
  return { key: key.toString(), cert: pem("CERTIFICATE", certificate) };
}

/** Extension = SEQUENCE { id, critical BOOLEAN DEFAULT FALSE, value OCTET STRING }  (RFC 5280, 4.2) */
function extensions(spki: Buffer): Buffer {
  const extension = (id: string, value: Buffer, critical = false): Buffer =>
    critical
      ? sequence(objectId(id), boolean(true), octetString(value))
      : sequence(objectId(id), octetString(value));
  const keyId = createHash("sha256").update(spki).digest().subarray(0, 20);
  return sequence(
    // A self-signed certificate is its own authority: clients take it as the root that they trust.
    extension("2.5.29.19", sequence(boolean(true)), true),
    // digitalSignature (bit 0) and keyCertSign (bit 5).
    extension("2.5.29.15", bitString([0b1000_0100], 2), true),
    extension("2.5.29.37", sequence(objectId("1.3.6.1.5.5.7.3.1"))),
    extension("2.5.29.17", alternativeNames()),
    extension("2.5.29.14", octetString(keyId)),
  );
}

/**
 * OpenSSL and node match a wildcard only above two labels, so a bucket's host name needs `*.s3.localhost`.
 *
 * GeneralName = [2] dNSName / [7] iPAddress, of which the address is 4 or 16 bytes.
 */
function alternativeNames(): Buffer {
  const names = [...new Set(["localhost", "*.localhost", "*.s3.localhost", hostname()])];
  return sequence(
    ...names.map((name) => tagged(2, Buffer.from(name, "latin1"), false)),
    tagged(7, Buffer.from([127, 0, 0, 1]), false),
    tagged(7, Buffer.concat([Buffer.alloc(15), Buffer.from([1])]), false),
  );
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
