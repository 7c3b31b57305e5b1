import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from "node:crypto";
import type { LoginSecret } from "./cluster-port.ts";

/** Whether a password that came in clear, from a service of this process, lets the user in. */
export function passwordFits(secret: LoginSecret, user: string, password: string): boolean {
  if (secret.kind !== "password") return secret.kind === "any";
  const { md5, digest, scram } = secret;
  if (digest !== undefined) return sameHex(sha256(password + digest.salt), digest.hash);
  if (md5 !== undefined)
    return sameHex(
      createHash("md5")
        .update(password + user)
        .digest("hex"),
      md5,
    );
  if (scram === undefined) return false;
  const salted = pbkdf2Sync(password, scram.salt, scram.iterations, 32, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  const storedKey = createHash("sha256").update(clientKey).digest();
  return storedKey.length === scram.storedKey.length && timingSafeEqual(storedKey, scram.storedKey);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function sameHex(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, "hex"), Buffer.from(b, "hex")];
  return left.length === right.length && timingSafeEqual(left, right);
}
