import type { UnloadSettings } from "./unload-options.ts";

/** What Hive calls the folder of rows whose key is NULL, or empty. */
const noValue = "__HIVE_DEFAULT_PARTITION__";

/** Characters that Hive writes as `%XX` in the names of folders. */
const special = /[\p{Cc}"#%'*/:=?\\{[\]^]/gu;

/** `year=2019/month=September/` below the prefix. */
export function partitionFolder(names: readonly string[], values: readonly (string | null)[]): string {
  const parts = names.map((name, i) => {
    const value = values[i];
    return `${escaped(name)}=${value === null || value === undefined || value === "" ? noValue : escaped(value)}/`;
  });
  return parts.join("");
}

function escaped(text: string): string {
  return text.replace(
    special,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

/** `0003_part_00.gz`; with PARALLEL OFF `000.gz`. */
export function fileName(
  slice: number,
  part: number,
  settings: Pick<UnloadSettings, "parallel" | "extension">,
): string {
  const { parallel, extension } = settings;
  if (!parallel) return `${String(part).padStart(3, "0")}${extension}`;
  return `${String(slice).padStart(4, "0")}_part_${String(part).padStart(2, "0")}${extension}`;
}
