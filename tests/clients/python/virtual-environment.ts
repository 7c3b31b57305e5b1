import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exclusively } from "../../fixtures/exclusively.ts";
import { repositoryRoot } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { requirePrograms } from "../../fixtures/system-packages.ts";

const cacheFolder = join(repositoryRoot, "node_modules/.cache");

export interface VirtualEnvironment {
  readonly python: string;
  /** The AWS CLI. */
  readonly aws: string;
}

/** The Python packages of a requirements file, installed once for each version of that file. */
export async function virtualEnvironment(file: string = "requirements.txt"): Promise<VirtualEnvironment> {
  const requirements = join(import.meta.dirname, file);
  await requirePrograms(
    [
      ["python3", "-m", "venv", "--help"],
      ["python3", "-m", "ensurepip", "--version"],
    ],
    ["python3", "python3-venv"],
  );
  const wanted = createHash("sha256")
    .update(await readFile(requirements))
    .digest("hex")
    .slice(0, 12);
  const folder = join(cacheFolder, `millrace-python-${wanted}`);
  const environment = { python: join(folder, "bin/python"), aws: join(folder, "bin/aws") };
  const complete = join(folder, "complete");
  await exclusively("python", async () => {
    if (existsSync(complete)) return;
    await rm(folder, { recursive: true, force: true });
    await mustRun(["python3", "-m", "venv", folder]);
    const pip = [environment.python, "-m", "pip", "install"] as const;
    await mustRun([...pip, "--quiet", "--disable-pip-version-check", "--no-input", "-r", requirements]);
    await writeFile(complete, "");
  });
  return environment;
}
