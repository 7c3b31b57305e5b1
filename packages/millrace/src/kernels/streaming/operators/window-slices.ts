import type { WindowShape } from "../../../sql/flink/relation.ts";

/** Windows of fixed places in time: not sessions. */
export type AlignedShape = Exclude<WindowShape, { readonly kind: "session" }>;

/**
 * Windows made of slices that they share, each row being in one slice. A slice is known by its end. All times are
 * local milliseconds.
 */
export class WindowSlices {
  readonly #offsetMs: number;
  readonly #sliceMs: number;
  /** Distance between the ends of windows. */
  readonly #stepMs: number;
  /** Of windows that have the full length. */
  readonly #sizeMs: number;
  /** Windows of one beginning grow step by step: CUMULATE. */
  readonly isCumulative: boolean;
  /** A slice is a window of its own. */
  readonly isUnshared: boolean;

  constructor(shape: AlignedShape) {
    this.#offsetMs = shape.offsetMs;
    this.isCumulative = shape.kind === "cumulate";
    if (shape.kind === "tumble") {
      this.#sizeMs = shape.sizeMs;
      this.#stepMs = shape.sizeMs;
      this.#sliceMs = shape.sizeMs;
    } else if (shape.kind === "hop") {
      this.#sizeMs = shape.sizeMs;
      this.#stepMs = shape.slideMs;
      this.#sliceMs = greatestDivisor(shape.sizeMs, shape.slideMs);
    } else {
      this.#sizeMs = shape.maxMs;
      this.#stepMs = shape.stepMs;
      this.#sliceMs = shape.stepMs;
    }
    this.isUnshared = this.#sizeMs === this.#sliceMs;
  }

  /** The end of the slice that holds a time. */
  sliceEnd(localMs: number): number {
    return this.#floor(localMs, this.#sliceMs) + this.#sliceMs;
  }

  sliceStart(sliceEnd: number): number {
    return sliceEnd - this.#sliceMs;
  }

  /** The end of the first window that holds a slice. */
  firstWindowEnd(sliceEnd: number): number {
    if (this.isCumulative) return sliceEnd;
    // Ends of windows lie on multiples of the step, counted from the full length behind the offset.
    const base = this.#offsetMs + this.#sizeMs;
    return base + Math.ceil((sliceEnd - base) / this.#stepMs) * this.#stepMs;
  }

  /** The end of the last window that holds a slice; less than the first one's when windows leave gaps. */
  lastWindowEnd(sliceEnd: number): number {
    const start = this.sliceStart(sliceEnd);
    if (this.isCumulative) return this.#floor(start, this.#sizeMs) + this.#sizeMs;
    return this.#floor(start, this.#stepMs) + this.#sizeMs;
  }

  nextWindowEnd(windowEnd: number): number {
    return windowEnd + this.#stepMs;
  }

  windowStart(windowEnd: number): number {
    return this.isCumulative ? this.#floor(windowEnd - 1, this.#sizeMs) : windowEnd - this.#sizeMs;
  }

  /** The end of the first slice of a window; the others follow by `sliceMs`. */
  firstSliceEnd(windowEnd: number): number {
    return this.windowStart(windowEnd) + this.#sliceMs;
  }

  get sliceMs(): number {
    return this.#sliceMs;
  }

  #floor(localMs: number, size: number): number {
    return Math.floor((localMs - this.#offsetMs) / size) * size + this.#offsetMs;
  }
}

function greatestDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}
