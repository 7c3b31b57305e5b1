import { selectError } from "../select-error.ts";

/** Which records of an object a query reads: those that begin in it. */
export interface ScanRange {
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
}

/** Start alone reaches to the end of the object, End alone means its last bytes. */
export function scanRange(
  range: { readonly Start?: number | undefined; readonly End?: number | undefined } | undefined,
  size: number,
): ScanRange | undefined {
  const { Start: start, End: end } = range ?? {};
  if (start === undefined && end === undefined) return undefined;
  if ((start ?? 0) < 0 || (end ?? 0) < 0) throw selectError("InvalidScanRange");
  if (start === undefined) return { start: Math.max(0, size - (end ?? 0)), end: size - 1 };
  if (start >= size || start > (end ?? size - 1)) throw selectError("InvalidScanRange");
  return { start, end: Math.min(end ?? size - 1, size - 1) };
}
