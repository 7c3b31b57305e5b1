import { randomBytes } from "node:crypto";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const randomCharacters = 17;

type Prefix = "AIDA" | "AGPA" | "AROA" | "ANPA" | "AIPA";

/** A unique id: a user's (AIDA), group's (AGPA), role's (AROA), policy's (ANPA) or instance profile's (AIPA). */
export function uniqueId(prefix: Prefix): string {
  return prefix + [...randomBytes(randomCharacters)].map((byte) => alphabet[byte & 31]).join("");
}
