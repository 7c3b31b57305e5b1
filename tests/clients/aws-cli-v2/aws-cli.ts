import { type ChildProcess, spawn } from "node:child_process";
import { type CommandResult, runCommand } from "../../fixtures/run-command.ts";
import { requirePrograms } from "../../fixtures/system-packages.ts";

/** Debian's package; an AWS CLI of pip, which is of the first version, may come before it in the path. */
const program = "/usr/bin/aws";

/** Nothing of the machine's own configuration reaches the client. */
const environment = {
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_DEFAULT_REGION: "us-east-1",
  AWS_DEFAULT_OUTPUT: "json",
  AWS_PAGER: "",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  LC_ALL: "C.UTF-8",
} as const;

type Printed = Readonly<Record<string, unknown>>;

/** The AWS CLI of the second version, which brings a botocore of its own. */
export class AwsCli {
  readonly #url: string;

  private constructor(url: string) {
    this.#url = url;
  }

  static async of(millrace: { readonly url: string }): Promise<AwsCli> {
    await requirePrograms([[program, "--version"]], ["awscli"]);
    return new AwsCli(millrace.url);
  }

  /** What a command printed, which must succeed. */
  async text(...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(...args);
    if (exitCode !== 0) throw new Error(`aws ${args.join(" ")} ended with ${exitCode}: ${stderr}`);
    return stdout;
  }

  /** The same, as JSON. */
  async call(...args: readonly string[]): Promise<Printed> {
    const printed = await this.text(...args);
    return printed.trim() === "" ? {} : (JSON.parse(printed) as Printed);
  }

  /** However it ends. */
  run(...args: readonly string[]): Promise<CommandResult> {
    return runCommand(this.#command(args), { environment });
  }

  /** A command that does not end by itself. */
  start(...args: readonly string[]): RunningCommand {
    const [first, ...rest] = this.#command(args);
    return new RunningCommand(
      spawn(first, rest, { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "inherit"] }),
    );
  }

  #command(args: readonly string[]): [string, ...string[]] {
    return [program, "--endpoint-url", this.#url, ...args];
  }
}

/** Collects what a command prints until it is stopped. */
export class RunningCommand implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  printed = "";

  constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once("close", () => resolve()));
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.printed += text;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }
}
