import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { SqlError } from "../../../sql/sql-error.ts";
import type { LoginSecret } from "../cluster-port.ts";
import type { PasswordVerifiers } from "../leader-records.ts";

const scramIterations = 4096;
const minPasswordCharacters = 8;
const maxPasswordCharacters = 64;

/**
 * What is kept of a password. `md5<32 digits>` and `sha256|<64 digits>|<salt>` are verifiers already; only the
 * ways to log in that need no more than those then work.
 */
export function passwordVerifiers(user: string, password: string): PasswordVerifiers {
  const md5 = /^md5([0-9a-f]{32})$/i.exec(password)?.[1];
  if (md5 !== undefined) return { md5: md5.toLowerCase(), digest: undefined, scram: undefined };
  const digest = /^sha256\|([0-9a-f]{64})\|(.+)$/i.exec(password);
  if (digest !== null)
    return {
      md5: undefined,
      digest: { hash: String(digest[1]).toLowerCase(), salt: String(digest[2]) },
      scram: undefined,
    };
  // `sha256|<password>` asks for the digest of a clear password.
  const clear = /^sha256\|/i.test(password) ? password.slice("sha256|".length) : password;
  checkPassword(clear);
  return {
    md5: /^sha256\|/i.test(password) ? undefined : hex("md5", clear + user),
    digest: digestOf(clear),
    scram: scramOf(clear),
  };
}

/** AWS's rules of clear passwords. @throws SqlError 22023 */
function checkPassword(password: string): void {
  if (password.length < minPasswordCharacters)
    throw new SqlError("22023", "Password must be at least 8 characters long.");
  if (password.length > maxPasswordCharacters)
    throw new SqlError("22023", "Password must be at most 64 characters long.");
  if (!/[A-Z]/.test(password))
    throw new SqlError("22023", "Password must contain at least one uppercase character.");
  if (!/[a-z]/.test(password))
    throw new SqlError("22023", "Password must contain at least one lowercase character.");
  if (!/[0-9]/.test(password)) throw new SqlError("22023", "Password must contain at least one number.");
  if (/[^\x21-\x7e]|['"\\/@]/.test(password))
    throw new SqlError(
      "22023",
      "Password can only contain printable ASCII characters and cannot contain ' (single quote), \" (double quote), \\, /, @, or space.",
    );
}

function hex(algorithm: "md5" | "sha256", text: string): string {
  return createHash(algorithm).update(text).digest("hex");
}

/** Redshift's digest: SHA-256 over password and salt. */
function digestOf(password: string): { readonly hash: string; readonly salt: string } {
  const salt = randomBytes(16).toString("hex");
  return { hash: hex("sha256", password + salt), salt };
}

/** RFC 5802 with SHA-256. */
function scramOf(password: string): NonNullable<PasswordVerifiers["scram"]> {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, scramIterations, 32, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  return {
    salt: salt.toString("base64"),
    iterations: scramIterations,
    storedKey: createHash("sha256").update(clientKey).digest("base64"),
    serverKey: createHmac("sha256", salted).update("Server Key").digest("base64"),
  };
}

export function loginSecretOf(verifiers: PasswordVerifiers | undefined): LoginSecret {
  if (verifiers === undefined) return { kind: "none" };
  const { md5, digest, scram } = verifiers;
  return {
    kind: "password",
    md5,
    digest,
    scram:
      scram === undefined
        ? undefined
        : {
            salt: Buffer.from(scram.salt, "base64"),
            iterations: scram.iterations,
            storedKey: Buffer.from(scram.storedKey, "base64"),
            serverKey: Buffer.from(scram.serverKey, "base64"),
          },
  };
}

/** Of a password that no rules apply to: temporary logins. */
export function temporaryVerifiers(user: string, password: string): PasswordVerifiers {
  return { md5: hex("md5", password + user), digest: digestOf(password), scram: scramOf(password) };
}
