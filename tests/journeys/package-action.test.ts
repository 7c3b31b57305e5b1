import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createStream, kinesisClient } from "../fixtures/kinesis-client.ts";
import { repositoryRoot } from "../fixtures/millrace-process.ts";
import { PackedProject } from "../fixtures/packed-project.ts";
import { type CommandResult, runCommand } from "../fixtures/run-command.ts";

let packed: PackedProject;
let tarball: string;
let steps: readonly string[];
const started: number[] = [];

/** The shell lines of the action's steps, as they stand in its file. */
async function stepsOfAction(): Promise<readonly string[]> {
  const text = await readFile(join(repositoryRoot, "action.yml"), "utf8");
  return [...text.matchAll(/^ {6}run: \|\n((?: {8}.*\n)+)/gm)].map(([, lines = ""]) =>
    lines.replace(/^ {8}/gm, ""),
  );
}

/** A runner of GitHub Actions, as far as steps see it. */
class Runner {
  readonly #folder: string;
  readonly #temporary: string;

  /** @param temporary what earlier steps have left */
  constructor(folder: string, temporary: string = folder) {
    this.#folder = folder;
    this.#temporary = temporary;
  }

  async run(step: string, environment: Readonly<Record<string, string>>): Promise<CommandResult> {
    await mkdir(this.#folder, { recursive: true });
    for (const name of ["env", "output"]) await writeFile(join(this.#folder, name), "", { flag: "a" });
    await writeFile(join(this.#folder, "step.sh"), step);
    return runCommand(
      ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", join(this.#folder, "step.sh")],
      {
        environment: {
          ...environment,
          RUNNER_TEMP: this.#temporary,
          GITHUB_ENV: join(this.#folder, "env"),
          GITHUB_OUTPUT: join(this.#folder, "output"),
        },
      },
    );
  }

  async file(name: "env" | "output"): Promise<Record<string, string>> {
    const lines = (await readFile(join(this.#folder, name), "utf8"))
      .split("\n")
      .filter((line) => line !== "");
    return Object.fromEntries(lines.map((line) => [line.replace(/=.*/, ""), line.replace(/^[^=]*=/, "")]));
  }
}

beforeAll(async () => {
  packed = await PackedProject.make();
  const name = (await readdir(packed.folder)).find((file) => file.endsWith(".tgz")) ?? "";
  tarball = join(packed.folder, name);
  steps = await stepsOfAction();
}, 900_000);
afterAll(async () => {
  for (const id of started) process.kill(id, "SIGTERM");
  await packed?.[Symbol.asyncDispose]();
});

const inputs = { SERVICES: "", PORT: "0", SQL_PORT: "0", ARGUMENTS: "" };

it("the action's steps leave a Millrace that later steps find by their environment", async () => {
  expect(steps).toHaveLength(2);
  const [install = "", start = ""] = steps;
  const runner = new Runner(join(packed.folder, "runner"));
  expect(await runner.run(install, { VERSION: `file:${tarball}` })).toMatchObject({ exitCode: 0 });
  const { exitCode, stdout, stderr } = await runner.run(start, {
    ...inputs,
    SERVICES: "kinesis,s3",
    ARGUMENTS: "--auth verify --account 111111111111",
  });
  expect(exitCode, stderr).toBe(0);
  started.push(Number(/process (\d+)/.exec(stdout)?.[1]));
  const environment = await runner.file("env");
  const { url } = await runner.file("output");
  expect(environment).toMatchObject({ AWS_ENDPOINT_URL: url, MILLRACE_URL: url, AWS_REGION: "us-east-1" });
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = environment;
  const client = kinesisClient(url ?? "", { credentials: { accessKeyId, secretAccessKey } });
  await createStream(client, "in-a-job");
  expect((await client.send(new ListStreamsCommand())).StreamNames).toEqual(["in-a-job"]);
  client.destroy();
});

it("the action's start fails with what Millrace says when it does not start", async () => {
  const [, start = ""] = steps;
  const runner = new Runner(join(packed.folder, "failing"), join(packed.folder, "runner"));
  const { exitCode, stderr } = await runner.run(start, { ...inputs, ARGUMENTS: "--colour blue" });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("--colour");
  expect(await runner.file("env")).toEqual({});
});
