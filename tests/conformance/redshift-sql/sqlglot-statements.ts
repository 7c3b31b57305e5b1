import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { exclusively } from "../../fixtures/exclusively.ts";
import { repositoryRoot } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { requirePrograms } from "../../fixtures/system-packages.ts";

const version = "30.30.0";

/** Prints the first argument of each check in sqlglot's tests of Redshift, where that is a plain text. */
const extraction = `
import ast, json, sys, tarfile
name = "sqlglot-${version}/tests/dialects/test_redshift.py"
source = tarfile.open(sys.argv[1]).extractfile(name).read()
checks = ("validate_identity", "validate_all", "parse_one")
found = {}
for node in ast.walk(ast.parse(source)):
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in checks and node.args:
        first = node.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            found[first.value] = True
print(json.dumps(list(found)))
`;

/** The statements of sqlglot's own tests, from its source distribution, which pip fetches once. */
export async function sqlglotStatements(): Promise<readonly string[]> {
  await requirePrograms(
    [
      ["python3", "-m", "venv", "--help"],
      ["python3", "-m", "ensurepip", "--version"],
    ],
    ["python3", "python3-venv"],
  );
  const folder = join(repositoryRoot, `node_modules/.cache/millrace-sqlglot-${version}`);
  const archive = join(folder, `sqlglot-${version}.tar.gz`);
  await exclusively("python", async () => {
    if (!existsSync(archive)) await download(folder);
  });
  return JSON.parse(await mustRun(["python3", "-c", extraction, archive])) as readonly string[];
}

async function download(folder: string): Promise<void> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
  await mustRun(["python3", "-m", "venv", join(partial, "venv")]);
  const pip = [join(partial, "venv/bin/python"), "-m", "pip", "download", "--quiet"] as const;
  const options = ["--disable-pip-version-check", "--no-input", "--no-deps", "--no-binary", ":all:"];
  await mustRun([...pip, ...options, "--dest", partial, `sqlglot==${version}`]);
  await rm(join(partial, "venv"), { recursive: true });
  await rename(partial, folder);
}
