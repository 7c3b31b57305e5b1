import { type CommandResult, mustRun, runCommand } from "../../fixtures/run-command.ts";
import { requirePrograms } from "../../fixtures/system-packages.ts";
import type { Key, VerifyingMillrace } from "../../fixtures/verifying-millrace.ts";

/** Nothing of the machine's own configuration reaches a client. */
const ownEnvironment = {
  AWS_DEFAULT_REGION: "us-east-1",
  AWS_DEFAULT_OUTPUT: "json",
  AWS_PAGER: "",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  RCLONE_CONFIG: "/dev/null",
  RCLONE_CONFIG_M_TYPE: "s3",
  RCLONE_CONFIG_M_PROVIDER: "Other",
  RCLONE_CONFIG_M_ENV_AUTH: "true",
  RCLONE_CONFIG_M_REGION: "us-east-1",
  LC_ALL: "C.UTF-8",
} as const;

/** Debian's AWS CLI of the second version; one of pip may come before it in the path. */
const awsProgram = "/usr/bin/aws";

/** The programs of Debian that speak S3, told where a Millrace is that verifies them. */
export class ClientPrograms {
  readonly #url: string;
  readonly #key: Key;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #python: string;

  /** @param python of an environment with the AWS CLI's first version, if that is called. */
  constructor(millrace: VerifyingMillrace, python: string = "python3") {
    this.#url = millrace.process.url;
    this.#key = millrace.root;
    const { accessKeyId, secretAccessKey } = millrace.root;
    const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    this.#environment = { ...ownEnvironment, ...keys };
    this.#python = python;
  }

  static requireAws(): Promise<void> {
    return requirePrograms([[awsProgram, "--version"]], ["awscli"]);
  }

  static requireRclone(): Promise<void> {
    return requirePrograms([["rclone", "--version"]], ["rclone"]);
  }

  static requireS3cmd(): Promise<void> {
    return requirePrograms([["s3cmd", "--version"]], ["s3cmd"]);
  }

  /** The AWS CLI, which must succeed. */
  aws(...args: readonly string[]): Promise<string> {
    return mustRun(this.#awsCommand(args), { environment: this.#environment });
  }

  /** The same, however it ends. */
  tryAws(...args: readonly string[]): Promise<CommandResult> {
    return runCommand(this.#awsCommand(args), { environment: this.#environment });
  }

  /** A call of the API, with what it printed. */
  async s3api(...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
    const printed = await this.aws("s3api", ...args);
    return printed.trim() === "" ? {} : (JSON.parse(printed) as Record<string, unknown>);
  }

  /** The AWS CLI's first version, which knows what Debian's second one is too old for. It may fail. */
  tryFirstAws(...args: readonly string[]): Promise<CommandResult> {
    const command = [this.#python, "-m", "awscli", "--endpoint-url", this.#url, ...args] as const;
    return runCommand(command, { environment: this.#environment });
  }

  /** `m:bucket/key` is what Millrace has. */
  rclone(...args: readonly string[]): Promise<string> {
    // It cannot read the AWS SDKs' own setting of certificates, and ends when it is there.
    const settings = ["env", "--unset=AWS_CA_BUNDLE", `RCLONE_CONFIG_M_ENDPOINT=${this.#url}`] as const;
    const flags = ["--quiet", "--retries", "1", "--low-level-retries", "3"];
    return mustRun([...settings, "rclone", ...flags, ...args], { environment: this.#environment });
  }

  s3cmd(...args: readonly string[]): Promise<string> {
    const { host } = new URL(this.#url);
    const where = ["--no-ssl", `--host=${host}`, `--host-bucket=${host}`];
    const { accessKeyId, secretAccessKey } = this.#key;
    const who = [`--access_key=${accessKeyId}`, `--secret_key=${secretAccessKey}`];
    return mustRun(["s3cmd", "--config=/dev/null", "--no-progress", ...where, ...who, ...args], {
      environment: this.#environment,
    });
  }

  #awsCommand(args: readonly string[]): readonly [string, ...string[]] {
    return [awsProgram, "--endpoint-url", this.#url, ...args];
  }
}
