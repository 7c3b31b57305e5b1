import { createServer } from "node:net";
import { systemCode } from "../../core/errors.ts";
import { readRunFile } from "../../server/run-file.ts";
import { isReady } from "../wait/ready.ts";
import { type Check, type Finding, ok, type Patient, problem, warning } from "./check.ts";
import { portOwner } from "./port-owner.ts";

const redshiftPort = 5439;

/** Whether the ports that a start would take are free, and who has them. */
export const checkPorts: Check = async (patient) => {
  const { configuration } = patient;
  const running = await readRunFile(configuration.data);
  const ours = running === undefined ? [] : [Number(new URL(running.url).port), running.sql?.port];
  const findings: Finding[] = [];
  for (const { port, name, flag, isNeeded } of [
    { port: configuration.port, name: "Port of the AWS APIs", flag: "--port", isNeeded: true },
    {
      port: configuration.redshiftPort ?? redshiftPort,
      name: "Port of Redshift",
      flag: "--redshift-port",
      isNeeded: configuration.redshiftPort !== undefined,
    },
  ]) {
    if (port === 0) findings.push(ok(name, "any free one"));
    else if (ours.includes(port)) findings.push(ok(name, `${port}, taken by the Millrace of this directory`));
    else findings.push(await portFinding(patient, { port, name, flag, isNeeded }));
  }
  return findings;
};

interface WantedPort {
  readonly port: number;
  readonly name: string;
  readonly flag: string;
  /** Otherwise a start takes a free one instead. */
  readonly isNeeded: boolean;
}

async function portFinding(
  { configuration, platform }: Patient,
  { port, name, flag, isNeeded }: WantedPort,
): Promise<Finding> {
  const reason = await bindFailure(configuration.host, port);
  if (reason === undefined) return ok(name, `${port}, free`);
  if (reason === "EACCES") return problem(name, `${port} needs rights`, `Take one above 1023 with ${flag}.`);
  if (reason !== "EADDRINUSE")
    return problem(name, `${configuration.host}:${port} cannot be taken: ${reason}`, "Check --host.");
  const process = (await portOwner(port, platform)) ?? "a process of somebody else";
  const owner = (await isReady(`http://127.0.0.1:${port}`)) ? `another Millrace: ${process}` : process;
  const fix = `Stop it, or take another port with ${flag}; 0 takes a free one.`;
  return isNeeded
    ? problem(name, `${port} is taken by ${owner}`, fix)
    : warning(name, `${port} is taken by ${owner}: a start takes a free one`, fix);
}

/** Why nobody can listen there now; undefined when one can. */
function bindFailure(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(systemCode(error) ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
