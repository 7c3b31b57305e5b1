import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { MasterKey } from "../../core/master-key.ts";

/** scrypt (RFC 7914) takes 32 MiB and a tenth of a second with these: enough to make guessing dear. */
const cost = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const saltBytes = 16;
const hashBytes = 32;
const version = 1;

/**
 * A password as it is kept: it cannot be read back, only compared with.
 *
 *   kept => base64 of sealed(version:u8 salt[16] hash[32]), under a key of the master key's for this user
 */
export async function keepPassword(master: MasterKey, purpose: string, password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const record = Buffer.concat([Buffer.of(version), salt, await hashOf(password, salt)]);
  return master.seal(purpose, record).toString("base64");
}

/** Whether this is the password. It takes as long for a user who has none. */
export async function isPassword(
  master: MasterKey,
  purpose: string,
  kept: string | undefined,
  password: string,
): Promise<boolean> {
  const record =
    kept === undefined
      ? Buffer.alloc(1 + saltBytes + hashBytes)
      : master.open(purpose, Buffer.from(kept, "base64"));
  const hash = await hashOf(password, record.subarray(1, 1 + saltBytes));
  return timingSafeEqual(hash, record.subarray(1 + saltBytes)) && kept !== undefined;
}

function hashOf(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, hashBytes, cost, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}
