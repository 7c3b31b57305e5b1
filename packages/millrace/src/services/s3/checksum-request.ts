import { ServiceError } from "../../core/errors.ts";
import type { Checksum, ChecksumAlgorithm, Written } from "../../kernels/objects/index.ts";
import { badDigest, invalidRequest, notImplemented } from "./errors.ts";

/** Bytes of each digest. */
const digestBytes: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
};

export const checksumAlgorithms: readonly ChecksumAlgorithm[] = Object.freeze(
  Object.keys(digestBytes) as ChecksumAlgorithm[],
);

/** Checksums of S3's model that Millrace does not compute. */
const otherAlgorithms: readonly string[] = ["SHA512", "MD5", "XXHASH64", "XXHASH3", "XXHASH128"];

/** The members by which requests and answers carry checksums. */
export type ChecksumMembers = { readonly [Name in `Checksum${ChecksumAlgorithm}`]?: string | undefined };

export interface ChecksumInput extends ChecksumMembers {
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ContentMD5?: string | undefined;
}

/** What a client promised about the bytes that it sends. */
export interface PromisedChecksum {
  /** Undefined when it promised none. */
  readonly algorithm: ChecksumAlgorithm | undefined;
  /** In a header; otherwise it follows the body. */
  readonly value: string | undefined;
  /** Base64 of an MD5. */
  readonly md5: string | undefined;
}

/** @param trailerNames headers that will follow the body, in lower case. */
export function promisedChecksum(
  input: ChecksumInput,
  trailerNames: readonly string[] = [],
): PromisedChecksum {
  refuseOthers(input, trailerNames);
  const headers = checksumAlgorithms.filter((name) => input[`Checksum${name}`] !== undefined);
  const trailers = checksumAlgorithms.filter((name) => trailerNames.includes(headerOf(name)));
  const [algorithm, second] = new Set([...headers, ...trailers]);
  if (second !== undefined)
    throw invalidRequest(
      "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    );
  const value = algorithm === undefined ? undefined : input[`Checksum${algorithm}`];
  if (algorithm !== undefined && value !== undefined) checkForm(algorithm, value);
  const named = input.ChecksumAlgorithm;
  if (named !== undefined && algorithm === undefined)
    throw invalidRequest(
      "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers " +
        "were found.",
    );
  if (named !== undefined && named !== algorithm)
    throw invalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.");
  return { algorithm, value, md5: checkMd5(input.ContentMD5) };
}

function refuseOthers(input: ChecksumInput, trailerNames: readonly string[]): void {
  const members = input as Readonly<Record<string, unknown>>;
  for (const name of otherAlgorithms) {
    const header = `x-amz-checksum-${name.toLowerCase()}`;
    if (members[`Checksum${name}`] !== undefined || trailerNames.includes(header))
      throw notImplemented(header);
  }
}

/** Header and trailer of a checksum: `x-amz-checksum-crc32`. */
function headerOf(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** The value as the client wrote it, when it is base64 of a digest of the right length. */
export function checkForm(algorithm: ChecksumAlgorithm, value: string): void {
  const bytes = Buffer.from(value, "base64");
  if (bytes.length === digestBytes[algorithm] && bytes.toString("base64") === value) return;
  throw invalidRequest(`Value for ${headerOf(algorithm)} header is invalid.`);
}

function checkMd5(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const bytes = Buffer.from(value, "base64");
  if (bytes.length === 16 && bytes.toString("base64") === value) return value;
  throw new ServiceError("InvalidDigest", "The Content-MD5 you specified was invalid.", {
    members: { "Content-MD5": value },
  });
}

/**
 * Compares what was promised with what came, and answers the checksum to keep: the client's own. Where AWS
 * computes a CRC-64/NVME for a client that sends no checksum, nothing is kept here.
 */
export function verifyWritten(
  { algorithm, md5, value: inHeader }: PromisedChecksum,
  written: Written,
  trailers: ReadonlyMap<string, string> | undefined,
): Checksum | undefined {
  const calculatedMd5 = Buffer.from(written.md5, "hex").toString("base64");
  if (md5 !== undefined && md5 !== calculatedMd5)
    throw badDigest("The Content-MD5 you specified did not match what we received.", {
      ExpectedDigest: md5,
      CalculatedDigest: calculatedMd5,
    });
  if (algorithm === undefined) return undefined;
  const value = inHeader ?? trailers?.get(headerOf(algorithm)) ?? "";
  checkForm(algorithm, value);
  if (value !== written.digests[algorithm])
    throw badDigest(`The ${algorithm} you specified did not match the calculated checksum.`);
  return { algorithm, type: "FULL_OBJECT", value };
}

/** A checksum as members of an answer. */
export function checksumMembers(
  checksum: Checksum | undefined,
): ChecksumMembers & { readonly ChecksumType?: Checksum["type"] } {
  if (checksum === undefined) return {};
  return { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type };
}

/** An algorithm that a client names, when it is one that S3 can be asked for. */
export function readAlgorithm(name: string | undefined): ChecksumAlgorithm | undefined {
  if (name === undefined) return undefined;
  const known = checksumAlgorithms.find((algorithm) => algorithm === name.toUpperCase());
  if (known !== undefined) return known;
  if (otherAlgorithms.includes(name.toUpperCase())) throw notImplemented(`x-amz-checksum-algorithm: ${name}`);
  throw invalidRequest(
    "Checksum algorithm provided is unsupported. Please try again with any of the valid types: " +
      `[${checksumAlgorithms.join(", ")}]`,
  );
}
