import { invalidArgument } from "./errors.ts";
import { limits } from "./limits.ts";

/** Keys and prefixes in a listing: as they are, or encoded for clients whose XML cannot hold them. */
export type KeyText = (text: string) => string;

export function keyText(encoding: string | undefined): KeyText {
  if (encoding === undefined) return (text) => text;
  if (encoding !== "url")
    throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", encoding);
  return encodeKey;
}

/** As S3 encodes: everything but letters, digits, `-_.*` and slashes; a space becomes a plus. */
function encodeKey(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%2F", "/")
    .replaceAll("%20", "+")
    .replaceAll("%2A", "*");
}

const maxAsked = 2_147_483_647;

/** How many items a page has: what is asked for, and never more than S3 gives. */
export function pageSize(asked: number | undefined, name: string): number {
  if (asked === undefined) return limits.keysPerPage;
  if (asked >= 0 && asked <= maxAsked) return Math.min(asked, limits.keysPerPage);
  throw invalidArgument(`Argument ${name} must be an integer between 0 and ${maxAsked}`, name, String(asked));
}
