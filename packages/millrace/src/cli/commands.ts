import type { Command } from "commander";
import type { CommandIo } from "./command-io.ts";

/** Adds one command, with its flags and its action, to the program. */
export type AddCommand = (program: Command, io: CommandIo) => void;

export const commandGroups = ["Run", "Look", "Data", "State", "Tools"] as const;

export interface CommandEntry {
  readonly name: string;
  /** Its place in `millrace --help`. */
  readonly group: (typeof commandGroups)[number];
  /** One line of `millrace --help`. */
  readonly summary: string;
  /** Loads the command's code, and nothing else's. */
  readonly load: () => Promise<AddCommand>;
}

/** Every command. A command's code, and the libraries that it needs, are loaded when it is called. */
export const commands: readonly CommandEntry[] = [
  {
    name: "start",
    group: "Run",
    summary: "run Millrace; what is done when no command is given",
    load: async () => (await import("./start/index.ts")).addStart,
  },
  {
    name: "demo",
    group: "Run",
    summary: "stream three million real flights through everything, and say what they tell",
    load: async () => (await import("./demo/index.ts")).addDemo,
  },
  {
    name: "tail",
    group: "Data",
    summary: "print the records of a stream as they come, decoded",
    load: async () => (await import("./tail/index.ts")).addTail,
  },
  {
    name: "status",
    group: "Look",
    summary: "show the Millrace that runs",
    load: async () => (await import("./status/index.ts")).addStatus,
  },
  {
    name: "wait",
    group: "Run",
    summary: "wait until it is ready, or until a stream, a cluster and the like are",
    load: async () => (await import("./wait/index.ts")).addWait,
  },
  {
    name: "env",
    group: "Tools",
    summary: 'set the shell up for it: eval "$(millrace env)"',
    load: async () => (await import("./env/index.ts")).addEnv,
  },
  {
    name: "config",
    group: "Look",
    summary: "show every setting, and where it comes from",
    load: async () => (await import("./config/index.ts")).addConfig,
  },
  {
    name: "put",
    group: "Data",
    summary: "put records into a stream, or an object into a bucket",
    load: async () => (await import("./put/index.ts")).addPut,
  },
  {
    name: "sql",
    group: "Data",
    summary: "a SQL shell on the warehouse",
    load: async () => (await import("./sql/index.ts")).addSql,
  },
  {
    name: "requests",
    group: "Look",
    summary: "show calls of AWS's APIs as they come",
    load: async () => (await import("./requests/index.ts")).addRequests,
  },
  {
    name: "logs",
    group: "Look",
    summary: "show the log",
    load: async () => (await import("./logs/index.ts")).addLogs,
  },
  {
    name: "reset",
    group: "State",
    summary: "empty all services, or some",
    load: async () => (await import("./reset/index.ts")).addReset,
  },
  {
    name: "snapshot",
    group: "State",
    summary: "save all state in one file, or load it",
    load: async () => (await import("./snapshot/index.ts")).addSnapshot,
  },
  {
    name: "configure",
    group: "Tools",
    summary: "write an AWS profile for it",
    load: async () => (await import("./configure/index.ts")).addConfigure,
  },
  {
    name: "aws",
    group: "Tools",
    summary: "run the AWS CLI against it: millrace aws -- s3 ls",
    load: async () => (await import("./wrappers/index.ts")).addAws,
  },
  {
    name: "terraform",
    group: "Tools",
    summary: "run Terraform against it: millrace terraform -- plan",
    load: async () => (await import("./wrappers/index.ts")).addTerraform,
  },
  {
    name: "doctor",
    group: "Look",
    summary: "look for what keeps it from working, with the fix",
    load: async () => (await import("./doctor/index.ts")).addDoctor,
  },
  {
    name: "completion",
    group: "Tools",
    summary: "print what completes commands and flags in the shell",
    load: async () => (await import("./completion/index.ts")).addCompletion,
  },
  {
    name: "seed",
    group: "Data",
    summary: "fill Millrace from files: JSON, TypeScript, SQL, shell",
    load: async () => (await import("./seed/index.ts")).addSeed,
  },
];
