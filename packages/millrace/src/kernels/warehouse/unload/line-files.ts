import { fileName } from "./file-names.ts";
import { OutputFile, type WrittenFile } from "./output-file.ts";
import type { UnloadSettings } from "./unload-options.ts";
import type { UnloadTarget } from "./unload-target.ts";

export interface LineFilesParts {
  readonly target: UnloadTarget;
  readonly settings: UnloadSettings;
  /** The first line of each file. */
  readonly header: string | undefined;
  readonly nowMs: () => number;
  /** Takes the files that are whole. */
  readonly written: WrittenFile[];
}

/** The text files of one UNLOAD: for each folder and slice one at a time, a next part when it is full. */
export class LineFiles {
  readonly #parts: LineFilesParts;
  readonly #open = new Map<number, OutputFile>();
  readonly #nextPart = new Map<number, number>();
  #folder = "";

  constructor(parts: LineFilesParts) {
    this.#parts = parts;
  }

  /** Ends the files of the folder before. */
  async enter(folder: string): Promise<void> {
    await this.endAll();
    this.#nextPart.clear();
    this.#folder = folder;
    const { target, settings, written } = this.#parts;
    if (!settings.cleanPath || settings.partitionBy.length === 0) return;
    const prefix = target.prefix + folder;
    await target.clean(prefix, (key) => written.some((file) => file.key === key));
  }

  /** @returns a promise when the caller shall wait */
  add(slice: number, line: string): Promise<void> | undefined {
    const file = this.#open.get(slice) ?? this.begin(slice);
    if (file.hasRows && !file.fits(line, this.#parts.settings.maxFileBytes))
      return this.#addToNext(slice, file, line);
    return file.add(line);
  }

  /** A file of the slice, though no row may come. */
  begin(slice: number): OutputFile {
    const { target, settings, header, nowMs } = this.#parts;
    const part = this.#nextPart.get(slice) ?? 0;
    this.#nextPart.set(slice, part + 1);
    const key = target.prefix + this.#folder + fileName(slice, part, settings);
    const file = new OutputFile(target, { key, slice, startedAtMs: nowMs() }, settings);
    if (header !== undefined) file.header(header);
    this.#open.set(slice, file);
    return file;
  }

  async end(slice: number): Promise<void> {
    const file = this.#open.get(slice);
    if (file === undefined) return;
    this.#parts.written.push(await file.finish(this.#parts.nowMs));
    this.#open.delete(slice);
  }

  async endAll(): Promise<void> {
    for (const slice of [...this.#open.keys()]) await this.end(slice);
  }

  /** Leaves nothing of the files that are open. */
  async abort(reason: Error): Promise<void> {
    await Promise.all([...this.#open.values()].map((file) => file.abort(reason)));
    this.#open.clear();
  }

  async #addToNext(slice: number, file: OutputFile, line: string): Promise<void> {
    this.#parts.written.push(await file.finish(this.#parts.nowMs));
    await this.begin(slice).add(line);
  }
}
