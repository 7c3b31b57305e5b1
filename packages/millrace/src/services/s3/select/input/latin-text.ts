import { isUtf8 } from "node:buffer";
import { selectError } from "../select-error.ts";

/*
 * Records are cut out of texts in which each character is one byte: such texts are made and searched fast, and
 * a position in them is a position in the object. Only what is not ASCII is decoded afterwards, value by value.
 */

/** What a delimiter looks like in such a text. */
export function latinOf(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

const beyondAscii = /[\u0080-\u00ff]/;

/** The UTF-8 text that a piece of such a text stands for. */
export function decodeLatin(piece: string): string {
  if (!beyondAscii.test(piece)) return piece;
  const bytes = Buffer.from(piece, "latin1");
  if (!isUtf8(bytes)) throw selectError("InvalidTextEncoding");
  return bytes.toString("utf8");
}
