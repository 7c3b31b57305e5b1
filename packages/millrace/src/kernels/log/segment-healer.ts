import type { Logger } from "../../core/logger.ts";
import { type OpenFile, writeFully } from "../../core/open-file.ts";
import type { LogFiles } from "./files.ts";
import type { CorruptionReport } from "./quarantine.ts";
import type { Segment } from "./segment.ts";
import { encodeSegmentFooter } from "./segment-header.ts";
import type { SegmentReaders } from "./segment-readers.ts";
import type { SegmentRepair } from "./segment-repair.ts";
import { writeIndex } from "./segment-writer.ts";

/** Looks again at a segment in which a reader met damage, and sets the damage aside if it is really there. */
export class SegmentHealer {
  readonly #files: LogFiles;
  readonly #log: Logger;
  readonly #repair: SegmentRepair;
  readonly #readers: SegmentReaders;

  constructor(files: LogFiles, log: Logger, repair: SegmentRepair, readers: SegmentReaders) {
    this.#files = files;
    this.#log = log;
    this.#repair = repair;
    this.#readers = readers;
  }

  /** No frame may be written meanwhile. Readers see either the segment before or the one after. */
  async heal(segment: Segment): Promise<readonly CorruptionReport[]> {
    const { endPosition, nextOffset } = segment.stats;
    const copy = segment.emptyCopy();
    const file = await this.#files.open(segment.path, "update");
    try {
      const reports = await this.#repair.run(copy, file, { position: endPosition, nextOffset });
      if (segment.sealed) await this.#rewriteEnd(copy, file);
      segment.stats = copy.stats;
      segment.index = segment.sealed ? undefined : copy.index;
      return reports;
    } finally {
      await file.close();
      await this.#readers.forget(segment);
    }
  }

  async #rewriteEnd(copy: Segment, file: OpenFile): Promise<void> {
    const footer = encodeSegmentFooter(copy.stats, copy.header.salt);
    await writeFully(file, [footer], copy.stats.endPosition);
    await file.datasync();
    await writeIndex(this.#files, this.#log, copy);
  }
}
