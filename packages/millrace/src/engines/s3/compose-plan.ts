import type { ByteRange } from "../../kernels/objects/port.ts";

/** Some bytes of a blob. */
export interface Piece extends ByteRange {
  readonly blob: string;
  /** Of the whole blob. */
  readonly size: number;
}

/** One part of the composed object. */
export type ComposeStep =
  /** The endpoint copies it. */
  | { readonly kind: "copy"; readonly piece: Piece }
  /** Too small for a part of its own: read, put together and sent. */
  | { readonly kind: "gather"; readonly pieces: readonly Piece[] };

export interface PlanLimits {
  /** Of each step but the last. */
  readonly minBytes: number;
  /** Of a step that copies. */
  readonly maxCopyBytes: number;
}

/**
 * Cuts blobs, one behind the other, into parts as S3 takes them. What is big enough is copied; runs of smaller
 * blobs are gathered, with the head of the next one where they are still too small together.
 */
export function planComposition(
  blobs: readonly { readonly blob: string; readonly size: number }[],
  limits: PlanLimits,
): readonly ComposeStep[] {
  const steps: ComposeStep[] = [];
  let gathered: Piece[] = [];
  let gatheredBytes = 0;
  for (const { blob, size } of blobs) {
    let start = 0;
    if (gatheredBytes > 0 || size < limits.minBytes) {
      const end = Math.min(size, limits.minBytes - gatheredBytes);
      if (end > 0) gathered.push({ blob, size, start, end });
      gatheredBytes += end;
      start = end;
      if (gatheredBytes === limits.minBytes) {
        steps.push({ kind: "gather", pieces: gathered });
        gathered = [];
        gatheredBytes = 0;
      }
    }
    const left = size - start;
    if (left === 0) continue;
    if (left >= limits.minBytes) steps.push(...copies({ blob, size, start, end: size }, limits));
    else {
      gathered.push({ blob, size, start, end: size });
      gatheredBytes = left;
    }
  }
  if (gathered.length > 0) steps.push(last(gathered));
  return steps;
}

/** The last part may be small: a whole blob is copied even then. */
function last(pieces: readonly Piece[]): ComposeStep {
  const [piece, ...others] = pieces;
  const isWhole = piece !== undefined && others.length === 0 && piece.end - piece.start === piece.size;
  return isWhole ? { kind: "copy", piece } : { kind: "gather", pieces };
}

/** Equal steps, so that none of them is too small. */
function copies(piece: Piece, limits: PlanLimits): readonly ComposeStep[] {
  const bytes = piece.end - piece.start;
  const count = Math.ceil(bytes / limits.maxCopyBytes);
  return Array.from({ length: count }, (_, i) => {
    const start = piece.start + Math.floor((bytes * i) / count);
    const end = piece.start + Math.floor((bytes * (i + 1)) / count);
    return { kind: "copy", piece: { ...piece, start, end } };
  });
}
