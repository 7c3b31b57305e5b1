import fs from "node:fs";
import { namesIn, type OpenFile, openFile, syncDirectory } from "../../core/open-file.ts";
import type { LogFiles } from "./files.ts";

const flags = Object.freeze({ create: "w+", update: "r+", read: "r" });

/** The real file system. */
export const nodeFiles: LogFiles = Object.freeze({
  open: (path: string, mode: "create" | "update" | "read"): Promise<OpenFile> =>
    openFile(path, flags[mode], 0o600),
  names: namesIn,
  async makeDirectory(directory: string): Promise<void> {
    await fs.promises.mkdir(directory, { recursive: true });
  },
  rename: (from: string, to: string): Promise<void> => fs.promises.rename(from, to),
  remove: (path: string): Promise<void> => fs.promises.rm(path, { force: true }),
  removeTree: (directory: string): Promise<void> =>
    fs.promises.rm(directory, { recursive: true, force: true }),
  syncDirectory,
});
