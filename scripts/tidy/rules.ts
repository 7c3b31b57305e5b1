import { coveragePages } from "./coverage-pages.ts";
import { escapeHatches } from "./escape-hatches.ts";
import { fileNames } from "./file-names.ts";
import { importCycles } from "./import-cycles.ts";
import { importTable } from "./import-table.ts";
import { leftovers } from "./leftovers.ts";
import { moduleState } from "./module-state.ts";
import { operations } from "./operations.ts";
import { markdownLinks, readmes } from "./pages.ts";
import { blobSize, fileLength, functionLength } from "./sizes.ts";
import { testDiscipline } from "./test-discipline.ts";
import type { Rule } from "./tree.ts";

/** Every rule of the house that Biome and the compiler do not check. STYLE.md says them in words. */
export const rules: readonly Rule[] = [
  importTable,
  importCycles,
  fileLength,
  functionLength,
  blobSize,
  fileNames,
  operations,
  moduleState,
  escapeHatches,
  testDiscipline,
  leftovers,
  markdownLinks,
  readmes,
  coveragePages,
];
