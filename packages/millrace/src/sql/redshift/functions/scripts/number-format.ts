import { SqlError } from "../../../sql-error.ts";

/** What stands at one place of a number's format. */
export type NumberPiece =
  | { readonly kind: "digit"; readonly zero: boolean }
  | { readonly kind: "point" | "group" | "sign" | "minus" | "plus" | "both" | "angle" | "currency" | "shift" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "ordinal"; readonly upper: boolean };

export interface NumberFormat {
  readonly pieces: readonly NumberPiece[];
  /** Digits before and behind the point. */
  readonly whole: number;
  readonly fraction: number;
  /** Digits behind `V`: the number is multiplied by ten for each. */
  readonly shift: number;
  readonly fill: boolean;
  readonly roman: "" | "rn" | "RN";
  readonly exponent: boolean;
}

const tokens = /FM|RN|EEEE|PR|SG|MI|PL|TH|[90.,DGSLV$BC]|"(?:[^"\\]|\\.)*"?|[\s\S]/gi;

/** Reads a format of to_char and to_number: `9 0 . , D G S SG MI PL PR L V TH RN FM`. */
export function parseNumberFormat(format: string): NumberFormat {
  const pieces: NumberPiece[] = [];
  let [whole, fraction, shift, fill, exponent] = [0, 0, 0, true, false];
  let roman: NumberFormat["roman"] = "";
  let side: "whole" | "fraction" | "shift" = "whole";
  for (const token of format.match(tokens) ?? []) {
    const upper = token.toUpperCase();
    if (upper === "9" || upper === "0") {
      pieces.push({ kind: "digit", zero: upper === "0" });
      if (side === "whole") whole++;
      else if (side === "fraction") fraction++;
      else shift++;
    } else if (upper === "." || upper === "D") {
      if (side !== "whole") throw new SqlError("42601", "multiple decimal points");
      side = "fraction";
      pieces.push({ kind: "point" });
    } else if (upper === "V") {
      side = "shift";
      pieces.push({ kind: "shift" });
    } else if (upper === "FM") fill = false;
    else if (upper === "RN") roman = token === "rn" ? "rn" : "RN";
    else if (upper === "EEEE") exponent = true;
    else pieces.push(otherPiece(token, upper));
  }
  return { pieces, whole, fraction, shift, fill, roman, exponent };
}

const signs: Readonly<Record<string, "group" | "sign" | "minus" | "plus" | "both" | "angle" | "currency">> =
  Object.freeze({
    ",": "group",
    G: "group",
    S: "sign",
    MI: "minus",
    PL: "plus",
    SG: "both",
    PR: "angle",
    L: "currency",
    $: "currency",
  });

function otherPiece(token: string, upper: string): NumberPiece {
  const kind = signs[upper];
  if (kind !== undefined) return { kind };
  if (upper === "TH") return { kind: "ordinal", upper: token === "TH" };
  return { kind: "text", text: token.startsWith('"') ? token.replace(/^"|"$/g, "") : token };
}
