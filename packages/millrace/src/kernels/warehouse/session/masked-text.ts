import type { ParsedStatement } from "../sql-session.ts";

/** A plain literal, with doubled quotes and backslashes in it. */
const literal = String.raw`'(?:[^'\\]|\\[\s\S]|'')*'`;
const gap = String.raw`(?:\s|--[^\n]*\n|/\*[\s\S]*?\*/)`;

const passwords = new RegExp(String.raw`(\bpassword${gap}*)${literal}`, "gi");
const keys = new RegExp(
  String.raw`(\b(?:credentials(?:${gap}+as)?|secret_access_key|access_key_id|session_token|master_symmetric_key|token)${gap}*)${literal}`,
  "gi",
);

/** A statement's text for logs and lists of sessions: without passwords and keys. */
export function maskedText({ text, ast }: ParsedStatement): string {
  switch (ast.kind) {
    case "create-user":
    case "alter-user":
      return text.replace(passwords, "$1'***'");
    case "copy":
    case "unload":
      return text.replace(keys, "$1'***'");
    default:
      return text;
  }
}
