/** A piece of a format: a field with how it is to be written, or text that stands as it is. */
export type FormatPiece =
  | {
      readonly kind: "field";
      readonly name: string;
      readonly fill: boolean;
      readonly ordinal: "" | "th" | "TH";
    }
  | { readonly kind: "text"; readonly text: string };

/** Longest first: `DDD` before `DD`. Case tells how names are written, so both cases of those are listed. */
const fields: readonly string[] = Object.freeze([
  ...[
    "SSSSS",
    "SSSS",
    "Y,YYY",
    "IYYY",
    "YYYY",
    "MONTH",
    "Month",
    "month",
    "HH24",
    "HH12",
    "IDDD",
    "A.M.",
    "P.M.",
  ],
  ...[
    "a.m.",
    "p.m.",
    "B.C.",
    "A.D.",
    "b.c.",
    "a.d.",
    "YYY",
    "IYY",
    "DDD",
    "DAY",
    "Day",
    "day",
    "MON",
    "Mon",
    "mon",
  ],
  ...[
    "TZH",
    "TZM",
    "HH",
    "MI",
    "SS",
    "MS",
    "US",
    "AM",
    "PM",
    "am",
    "pm",
    "YY",
    "IY",
    "BC",
    "AD",
    "bc",
    "ad",
    "MM",
  ],
  ...[
    "DD",
    "ID",
    "DY",
    "Dy",
    "dy",
    "WW",
    "IW",
    "CC",
    "RM",
    "rm",
    "TZ",
    "tz",
    "OF",
    "Y",
    "I",
    "D",
    "W",
    "J",
    "Q",
  ],
]);

const caseless: ReadonlySet<string> = new Set(
  fields.filter((name) => !/^(?:MON|DAY|DY|RM|TZ$|A\.?[MD]|P\.?M|B\.?C)/i.test(name)),
);

/** Reads a format of to_char, to_date and to_timestamp: fields, `FM` before and `TH` behind them, quoted and other text. */
export function parseDateFormat(format: string): readonly FormatPiece[] {
  const pieces: FormatPiece[] = [];
  let at = 0;
  let fill = true;
  while (at < format.length) {
    const rest = format.slice(at);
    if (/^(?:FM|FX)/i.test(rest)) {
      if (/^FM/i.test(rest)) fill = false;
      at += 2;
      continue;
    }
    const field = fields.find((name) => (caseless.has(name) ? rest.toUpperCase() : rest).startsWith(name));
    const quoted = /^"((?:[^"\\]|\\.)*)"?/s.exec(rest);
    if (field !== undefined) {
      at += field.length;
      const ordinal = /^(?:TH|th)/.exec(format.slice(at))?.[0] ?? "";
      at += ordinal.length;
      pieces.push({ kind: "field", name: field, fill, ordinal: ordinal as "" });
      fill = true;
    } else {
      const text = quoted === null ? (rest[0] ?? "") : (quoted[1] ?? "");
      at += quoted === null ? 1 : quoted[0].length;
      pieces.push({ kind: "text", text });
    }
  }
  return pieces;
}

export const monthNames: readonly string[] = Object.freeze([
  ...["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"],
  ...["November", "December"],
]);

export const dayNames: readonly string[] = Object.freeze([
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
]);

export const romanMonths: readonly string[] = Object.freeze([
  "I",
  "II",
  "III",
  "IV",
  "V",
  "VI",
  "VII",
  "VIII",
  "IX",
  "X",
  "XI",
  "XII",
]);
