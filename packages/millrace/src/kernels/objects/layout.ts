import type { ObjectPart } from "./object-version.ts";

/** One encrypted piece of a blob; the next one lies behind it. */
export interface Piece {
  /** Without encryption. */
  readonly size: number;
  /** Base64. */
  readonly salt: string;
}

/** What `layouts` holds of a version that was uploaded in parts. */
export interface Layout {
  readonly parts: readonly ObjectPart[];
  /** Undefined without encryption. */
  readonly pieces: readonly Piece[] | undefined;
}

export function writeLayout(layout: Layout): string {
  return JSON.stringify(layout);
}

export function readLayout(text: string): Layout {
  return JSON.parse(text);
}
