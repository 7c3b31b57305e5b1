import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutRecordCommand } from "@aws-sdk/client-kinesis";
import { expect, it } from "vitest";
import { createStream, kinesisClient } from "../fixtures/kinesis-client.ts";
import { MillraceProcess, repositoryRoot } from "../fixtures/millrace-process.ts";
import { mustRun } from "../fixtures/run-command.ts";

/** `COPY --from=build /src/a b` of a Dockerfile. */
interface Instruction {
  readonly name: string;
  readonly text: string;
}

async function instructions(): Promise<readonly Instruction[]> {
  const text = await readFile(join(repositoryRoot, "Dockerfile"), "utf8");
  const lines = text.replace(/^#.*\n/gm, "").replace(/\\\n\s*/g, "");
  return lines
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => ({ name: line.replace(/ .*/, ""), text: line.replace(/^\S+ /, "") }));
}

/** Follows a Dockerfile in a folder that stands for the root of the file system. No engine is needed for that. */
class ImageFolder {
  readonly #root: string;
  readonly #source: string;
  #directory = "/";
  readonly environment: Record<string, string> = {};
  command: readonly string[] = [];

  constructor(root: string, source: string) {
    this.#root = root;
    this.#source = source;
  }

  /** A path of the image, on this machine. */
  path(path: string): string {
    return join(this.#root, path.startsWith("/") ? path : join(this.#directory, path));
  }

  async follow({ name, text }: Instruction): Promise<void> {
    if (name === "FROM") expect(text).toMatch(/^node:24-slim\b/);
    else if (name === "WORKDIR")
      await mkdir(this.path(text), { recursive: true }).then(() => this.#enter(text));
    else if (name === "COPY") await this.#copy(text.split(" "));
    else if (name === "RUN") await this.#run(text);
    else if (name === "ENV")
      for (const pair of text.split(" ").filter((part) => part !== ""))
        this.environment[pair.replace(/=.*/, "")] = pair.replace(/^[^=]*=/, "");
    else if (name === "ENTRYPOINT" || name === "CMD")
      this.command = [...this.command, ...(JSON.parse(text) as readonly string[])];
    else expect(["USER", "VOLUME", "EXPOSE", "HEALTHCHECK"]).toContain(name);
  }

  #enter(directory: string): void {
    this.#directory = directory;
  }

  async #copy(parts: readonly string[]): Promise<void> {
    const [from = "", to = ""] = parts.filter((part) => !part.startsWith("--"));
    const isOfStage = parts.some((part) => part.startsWith("--from="));
    await cp(isOfStage ? this.path(from) : join(this.#source, from), this.path(to), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }

  async #run(line: string): Promise<void> {
    const here = line.replaceAll(" /data", ` ${this.path("/data")}`);
    await mustRun(["sh", "-c", here], {
      cwd: this.path("."),
      environment: { npm_config_cache: this.path("/cache") },
    });
  }

  get directory(): string {
    return this.path(".");
  }
}

it("the Dockerfile's steps make a Millrace that runs, verifies signatures and ends when it is asked to", {
  timeout: 900_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "millrace-image-"));
  try {
    // What an engine is sent: the files of the repository.
    const source = join(folder, "source");
    await mkdir(source);
    const files = await mustRun(["git", "ls-files", "-z"], { cwd: repositoryRoot });
    await writeFile(join(folder, "files"), files);
    const send = `tar -C ${repositoryRoot} --ignore-failed-read --null -T ${join(folder, "files")} -cf - | tar -C ${source} -xf -`;
    await mustRun(["sh", "-c", send]);
    const image = new ImageFolder(join(folder, "root"), source);
    for (const instruction of await instructions()) await image.follow(instruction);
    expect(image.environment).toMatchObject({ MILLRACE_HOST: "0.0.0.0", MILLRACE_AUTH: "verify" });
    const [program = "", main = "", ...rest] = image.command;
    expect([program, ...rest]).toEqual(["node", "start"]);
    const millrace = await MillraceProcess.start({
      command: [process.execPath, join(image.directory, main), ...rest],
      dataFolder: image.path("/data"),
      environment: { ...image.environment, MILLRACE_DATA: image.path("/data") },
    });
    try {
      const client = kinesisClient(millrace.url, { credentials: millrace.root });
      await createStream(client, "contained");
      const Data = Buffer.from("text");
      await client.send(new PutRecordCommand({ StreamName: "contained", PartitionKey: "k", Data }));
      client.destroy();
      expect((await fetch(`${millrace.url}/_millrace/console/`)).status).toBe(200);
      expect(await millrace.terminate()).toBe(0);
    } finally {
      await millrace.dispose();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
