import type { Command } from "commander";
import type { CommandIo } from "../command-io.ts";
import type { ConnectionFlags } from "../connection/connection.ts";
import { addConnectionFlags } from "../connection/flags.ts";
import type { WrappedProgram } from "./run-wrapped.ts";

const aws: WrappedProgram = {
  name: "aws",
  title: "The AWS CLI",
  hint: "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html, or pip install awscli",
  // Before 1.29 and 2.13 it does not read AWS_ENDPOINT_URL.
  argumentsFor: (url, args) =>
    args.some((arg) => arg.startsWith("--endpoint-url")) ? args : [`--endpoint-url=${url}`, ...args],
};

const terraform: WrappedProgram = {
  name: "terraform",
  title: "Terraform",
  hint: "https://developer.hashicorp.com/terraform/install; TERRAFORM_COMMAND=tofu runs OpenTofu instead",
  commandVariable: "TERRAFORM_COMMAND",
};

/** `millrace aws -- s3 ls` */
export function addAws(program: Command, io: CommandIo): void {
  addWrapper(
    program,
    io,
    aws,
    "Runs the AWS CLI against Millrace: its endpoint, region and keys are in the environment.",
  );
}

/** `millrace terraform -- plan` */
export function addTerraform(program: Command, io: CommandIo): void {
  addWrapper(
    program,
    io,
    terraform,
    "Runs Terraform against Millrace: endpoint, region and keys are in the environment, where the AWS provider (5 or newer) and the S3 backend find them. No file is changed.",
  );
}

function addWrapper(program: Command, io: CommandIo, wrapped: WrappedProgram, description: string): void {
  const command = program
    .command(wrapped.name)
    .description(description)
    .argument("[args...]", `what ${wrapped.name} is to do, behind --`)
    .passThroughOptions();
  addConnectionFlags(command).action(async (args: readonly string[], flags: ConnectionFlags) => {
    const { runWrapped } = await import("./run-wrapped.ts");
    io.exitWith(await runWrapped(wrapped, args, flags, io));
  });
}
