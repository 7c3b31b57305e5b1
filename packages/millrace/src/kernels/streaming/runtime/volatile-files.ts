import type { AppendedFile, JobFiles } from "../checkpoint/job-files.ts";

const nothing = (): Promise<void> => Promise.resolve();

/** For what is not to be resumed: keeps nothing. */
export const volatileFiles: JobFiles = Object.freeze({
  write: nothing,
  append: (): Promise<AppendedFile> => Promise.resolve({ append: nothing, close: nothing }),
  read: () => Promise.resolve(undefined),
  names: () => Promise.resolve([]),
  makeDirectory: nothing,
  rename: nothing,
  link: nothing,
  remove: nothing,
  removeTree: nothing,
  syncDirectory: nothing,
});
