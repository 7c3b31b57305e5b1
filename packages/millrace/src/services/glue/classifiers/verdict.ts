import type { Sample } from "../../../formats/sniff/sample.ts";
import type { NotReadable, Recognised, Unreadable } from "./classification.ts";

/** What one classifier says about an object. */
export type Verdict =
  | { readonly kind: "match"; readonly found: Found }
  /** The format is clear, and no other classifier is asked. */
  | { readonly kind: "final"; readonly answer: NotReadable | Unreadable }
  | { readonly kind: "no"; readonly why: string };

/** A recognised object but for what is the same for all classifiers. */
export type Found = Omit<Recognised, "kind" | "compression" | "classifier" | "custom">;

/** A classifier, made ready to run. */
export interface Classifier {
  readonly name: string;
  readonly custom: boolean;
  judge(sample: Sample): Promise<Verdict>;
}

/** Bytes of content that are looked at first (Glue reads the first MB). */
export const sampleBytes: number = 1024 * 1024;

export function no(why: string): Verdict {
  return { kind: "no", why };
}

export function corrupt(sample: Sample, reason: string): Verdict {
  const { compression } = sample;
  return {
    kind: "final",
    answer: { kind: "unreadable", problem: "corrupt", compression, reason, why: [reason] },
  };
}

export function empty(sample: Sample, reason: string): Verdict {
  const { compression } = sample;
  return {
    kind: "final",
    answer: { kind: "unreadable", problem: "empty", compression, reason, why: [reason] },
  };
}

export function notReadable(sample: Sample, format: string, reason: string): Verdict {
  const { compression } = sample;
  return { kind: "final", answer: { kind: "notReadable", format, compression, reason, why: [reason] } };
}
