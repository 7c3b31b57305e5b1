/** Classes of UTF-16 units, as PostgreSQL's scanner has them. All that is not ASCII may be in a name. */

export const isSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);

export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

export const isNameStart = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code >= 0x80;

export const isNamePart = (code: number): boolean => isNameStart(code) || isDigit(code) || code === 0x24;

const OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";

export const isOperatorPart = (code: number): boolean =>
  code < 0x80 && OPERATOR_CHARACTERS.includes(String.fromCharCode(code));

/** The value of a hexadecimal digit, or -1. */
export function hexDigit(code: number): number {
  if (isDigit(code)) {
    return code - 0x30;
  }
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : -1;
}

const UPPER_CASE = /[A-Z]+/g;

/** Lower case of the ASCII letters only, which is how names fold. */
export function foldCase(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x41 && code <= 0x5a) {
      return text.replace(UPPER_CASE, (letters) => letters.toLowerCase());
    }
  }
  return text;
}
