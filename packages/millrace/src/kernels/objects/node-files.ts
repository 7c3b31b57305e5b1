import fs from "node:fs";
import { systemCode } from "../../core/errors.ts";
import { namesIn, openFile, syncDirectory } from "../../core/open-file.ts";
import type { ObjectFile, ObjectFiles } from "./files.ts";

const { O_CREAT, O_EXCL, O_RDONLY, O_RDWR } = fs.constants;
const flags = Object.freeze({ create: O_RDWR | O_CREAT | O_EXCL, update: O_RDWR | O_CREAT, read: O_RDONLY });

/** The real file system. */
export const nodeFiles: ObjectFiles = Object.freeze({
  open: (path: string, mode: "create" | "update" | "read"): Promise<ObjectFile> =>
    openFile(path, flags[mode], 0o600),
  names: namesIn,
  async makeDirectory(directory: string): Promise<void> {
    await fs.promises.mkdir(directory, { recursive: true, mode: 0o700 });
  },
  async removeDirectory(directory: string): Promise<void> {
    try {
      await fs.promises.rmdir(directory);
    } catch (error) {
      if (!["ENOENT", "ENOTEMPTY", "EEXIST"].includes(systemCode(error) ?? "")) throw error;
    }
  },
  async remove(path: string): Promise<void> {
    try {
      await fs.promises.unlink(path);
    } catch (error) {
      if (systemCode(error) !== "ENOENT") throw error;
    }
  },
  syncDirectory,
});
