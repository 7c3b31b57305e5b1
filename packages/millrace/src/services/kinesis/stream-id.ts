import { randomInt } from "node:crypto";

const letters = "abcdefghijklmnopqrstuvwxyz0123456789";

/** A stream id in AWS's form: 20 characters, a hyphen, 3 characters. 118 bits of chance: unique for ever. */
export function newStreamId(): string {
  const characters = Array.from({ length: 23 }, () => letters[randomInt(letters.length)]);
  return `${characters.slice(0, 20).join("")}-${characters.slice(20).join("")}`;
}
