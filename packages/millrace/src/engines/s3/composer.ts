import { type ComposeStep, type Piece, planComposition } from "./compose-plan.ts";
import { concurrentCopies, copyBytes, maxCopyBytes, maxParts, minPartBytes } from "./limits.ts";
import type { Permits } from "./permits.ts";
import type { OpenUpload, RemoteBucket, SentPart } from "./remote-bucket.ts";
import { RemoteReader } from "./remote-reader.ts";

export interface ComposerOptions {
  readonly bucket: RemoteBucket;
  readonly permits: Permits;
  /** The key of a blob. */
  readonly keyOf: (blob: string) => string;
  /** Wraps what a request on a blob throws. */
  readonly failure: (blob: string, thrown: unknown) => Error;
}

/** One blob of others, most of it copied by the endpoint itself. */
export interface Composition {
  readonly blob: string;
  readonly sources: readonly { readonly blob: string; readonly size: number }[];
}

/** Puts remote objects together. The sources stay. */
export class Composer {
  readonly #options: ComposerOptions;

  constructor(options: ComposerOptions) {
    this.#options = options;
  }

  /** Answers the bytes of the composed blob. What fails leaves nothing, as far as the endpoint answers. */
  async compose({ blob, sources }: Composition): Promise<number> {
    const { bucket, keyOf, failure } = this.#options;
    const bytes = sources.reduce((sum, { size }) => sum + size, 0);
    const steps = planned(sources);
    const [first] = steps;
    const key = keyOf(blob);
    try {
      if (first === undefined) await bucket.put(key, new Uint8Array(0));
      else {
        const upload = await bucket.startUpload(key);
        try {
          await bucket.complete(upload, await this.#runAll(upload, steps), bytes);
        } catch (error) {
          // What cannot be removed now is swept after the next start.
          await Promise.allSettled([bucket.abort(upload), bucket.remove(key)]);
          throw error;
        }
      }
    } catch (error) {
      throw failure(blob, error);
    }
    return bytes;
  }

  /** Each runner takes the next step; after a failure they stop. */
  async #runAll(upload: OpenUpload, steps: readonly ComposeStep[]): Promise<readonly SentPart[]> {
    const sent: SentPart[] = [];
    let next = 0;
    let hasFailed = false;
    const run = async (): Promise<void> => {
      while (!hasFailed && next < steps.length) {
        const index = next;
        next += 1;
        const step = steps[index];
        if (step === undefined) return;
        try {
          sent[index] = await this.#run(upload, index + 1, step);
        } catch (error) {
          hasFailed = true;
          throw error;
        }
      }
    };
    const runners = await Promise.allSettled(Array.from({ length: concurrentCopies }, run));
    for (const runner of runners) if (runner.status === "rejected") throw runner.reason;
    return sent;
  }

  async #run(upload: OpenUpload, number: number, step: ComposeStep): Promise<SentPart> {
    const { bucket, keyOf, permits } = this.#options;
    if (step.kind === "copy") {
      const { blob, size, start, end } = step.piece;
      const isWhole = start === 0 && end === size;
      return bucket.copyPart(upload, number, keyOf(blob), isWhole ? undefined : { start, end });
    }
    await permits.acquire();
    try {
      const chunks: Uint8Array[] = [];
      for (const piece of step.pieces) for await (const chunk of await this.#open(piece)) chunks.push(chunk);
      return await bucket.sendPart(upload, number, Buffer.concat(chunks));
    } finally {
      permits.release();
    }
  }

  #open(piece: Piece): Promise<RemoteReader> {
    const { bucket, keyOf, failure } = this.#options;
    return RemoteReader.open({
      bucket,
      key: keyOf(piece.blob),
      range: piece,
      failure: (thrown) => failure(piece.blob, thrown),
    });
  }
}

/** Small copies answer soon; bigger ones when there would be too many. */
function planned(sources: Composition["sources"]): readonly ComposeStep[] {
  const steps = planComposition(sources, { minBytes: minPartBytes, maxCopyBytes: copyBytes });
  return steps.length <= maxParts
    ? steps
    : planComposition(sources, { minBytes: minPartBytes, maxCopyBytes });
}
