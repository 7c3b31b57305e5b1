import { readFile } from "node:fs/promises";
import { messageOf, systemCode } from "../../core/errors.ts";
import { writeFileDurably } from "../../core/file.ts";
import type { MasterKey } from "../../core/master-key.ts";
import type { Credential } from "../sigv4/verifier.ts";

/** A credential as it is kept: who owns it is no secret. */
export interface StoredCredential extends Credential {
  readonly createdAtMs: number;
}

/** The credentials file cannot be used; Millrace must not start as if there were none. */
class CredentialsFileError extends Error {
  override readonly name = "CredentialsFileError";
}

/**
 * file  = { "version": 1, "keys": [ entry, ... ] }
 * entry = { accessKeyId, account, arn, kind, createdAtMs, secret }
 *
 * `secret` is the secret key sealed under the master key, in base64. It is bound to its id and account: a
 * secret moved to another entry does not open.
 */
export async function readCredentials(path: string, masterKey: MasterKey): Promise<StoredCredential[]> {
  const text = await readIfThere(path);
  if (text === undefined) return [];
  return parseFile(text, path).map((entry, i) => openEntry(entry, masterKey, `${path}: key ${i}`));
}

export async function writeCredentials(
  path: string,
  masterKey: MasterKey,
  credentials: Iterable<StoredCredential>,
): Promise<void> {
  const keys = [...credentials].map(({ accessKeyId, account, arn, kind, createdAtMs, secretKey }) => {
    const sealed = masterKey.seal(purpose(accessKeyId, account), Buffer.from(secretKey));
    return { accessKeyId, account, arn, kind, createdAtMs, secret: sealed.toString("base64") };
  });
  await writeFileDurably(path, `${JSON.stringify({ version: 1, keys }, undefined, 2)}\n`, 0o600);
}

function purpose(accessKeyId: string, account: string): string {
  return `credential:${account}:${accessKeyId}`;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function parseFile(text: string, path: string): unknown[] {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new CredentialsFileError(`${path} is not valid JSON: ${messageOf(error)}`, { cause: error });
  }
  if (!isRecord(file) || file["version"] !== 1 || !Array.isArray(file["keys"])) {
    throw new CredentialsFileError(`${path} is not a credentials file of version 1.`);
  }
  return file["keys"];
}

function openEntry(entry: unknown, masterKey: MasterKey, where: string): StoredCredential {
  if (!isRecord(entry)) throw new CredentialsFileError(`${where} is not an object.`);
  const { accessKeyId, account, arn, kind, createdAtMs, secret } = entry;
  const wellFormed =
    typeof accessKeyId === "string" &&
    typeof account === "string" &&
    /^\d{12}$/.test(account) &&
    typeof arn === "string" &&
    (kind === "root" || kind === "user") &&
    typeof createdAtMs === "number" &&
    typeof secret === "string";
  if (!wellFormed) throw new CredentialsFileError(`${where} lacks a member, or has one of a wrong kind.`);
  try {
    const secretKey = masterKey.open(purpose(accessKeyId, account), Buffer.from(secret, "base64")).toString();
    return { accessKeyId, account, arn, kind, createdAtMs, secretKey };
  } catch (error) {
    throw new CredentialsFileError(
      `${where} does not open: it was changed, or the master key is another one.`,
      { cause: error },
    );
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
