import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** What belongs to the sources and not to the product: code, which the compiler writes, and pages. */
const notShipped = /(\.tsx?|\.md)$|(^|[\\/])fixtures[\\/]/;

/** Copies what the compiler leaves behind, such as the models in gateway/facts; the paths that it copied. */
export function copyAssets(sourceFolder: string, outFolder: string): readonly string[] {
  const paths = readdirSync(sourceFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(sourceFolder.length + 1))
    .filter((path) => !notShipped.test(path))
    .sort();
  for (const path of paths) {
    mkdirSync(dirname(join(outFolder, path)), { recursive: true });
    cpSync(join(sourceFolder, path), join(outFolder, path));
  }
  return paths;
}
