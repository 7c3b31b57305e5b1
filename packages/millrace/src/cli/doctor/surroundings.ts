import { readRunFile } from "../../server/run-file.ts";
import { readProfiles } from "../connection/profiles.ts";
import { isReady } from "../wait/ready.ts";
import { type Check, type Finding, ok, warning } from "./check.ts";
import { outputOf } from "./port-owner.ts";

/** Variables that lead AWS's tools elsewhere than one thinks. */
export const checkEnvironment: Check = async ({ environment, configuration }) => {
  const findings: Finding[] = [];
  const running = await readRunFile(configuration.data);
  const endpoints = Object.entries(environment).filter(
    ([name, value]) => /^AWS_ENDPOINT_URL(_|$)/.test(name) && value !== undefined && value !== "",
  );
  for (const [name, url = ""] of endpoints)
    if (!(await isReady(url.replace(/\/$/, ""))))
      findings.push(
        warning(
          name,
          `${url}, where no Millrace answers${running === undefined ? "" : `; one runs at ${running.url}`}`,
          `unset ${name}, or eval "$(millrace env)" while Millrace runs.`,
        ),
      );
  if (/^true$/i.test(environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] ?? ""))
    findings.push(
      warning(
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "AWS's tools do not look at AWS_ENDPOINT_URL",
        "unset AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
      ),
    );
  findings.push(...(await profileFindings(environment)), ...proxyFindings(environment));
  return findings.length === 0 ? [ok("Environment", "nothing leads AWS's tools elsewhere")] : findings;
};

async function profileFindings(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly Finding[]> {
  const name = environment["AWS_PROFILE"];
  if (name === undefined || name === "") return [];
  const profile = (await readProfiles(environment)).get(name);
  if (profile === undefined)
    return [
      warning(
        "AWS_PROFILE",
        `${name} is in none of the files in ~/.aws`,
        `unset AWS_PROFILE, or millrace configure --profile ${name}.`,
      ),
    ];
  if (profile["endpoint_url"] !== undefined || environment["AWS_ENDPOINT_URL"]) return [];
  return [
    warning(
      "AWS_PROFILE",
      `profile ${name} has no endpoint_url: what uses it goes to AWS itself`,
      "unset AWS_PROFILE, or export AWS_PROFILE=millrace after millrace configure.",
    ),
  ];
}

/** AWS's tools send requests for 127.0.0.1 to a proxy, too, unless they are told not to. */
function proxyFindings(environment: Readonly<Record<string, string | undefined>>): readonly Finding[] {
  const proxy = environment["HTTP_PROXY"] ?? environment["http_proxy"];
  const except = environment["NO_PROXY"] ?? environment["no_proxy"] ?? "";
  if (!proxy || /(^|,)\s*(\*|127\.0\.0\.1|127\.0\.0\.0\/8)\s*(,|$)/.test(except)) return [];
  return [
    warning("HTTP_PROXY", "requests to 127.0.0.1 go to the proxy", "export NO_PROXY=127.0.0.1,localhost"),
  ];
}

/** Since these versions AWS_ENDPOINT_URL is read. */
const minCli: Readonly<Record<number, number>> = { 1: 29, 2: 13 };

/** The AWS CLI, if there is one. */
export const checkAwsCli: Check = async () => {
  const text = await outputOf("aws", ["--version"]);
  const match = /aws-cli\/(\d+)\.(\d+)\.(\S+)/.exec(text);
  if (match === null) return [ok("AWS CLI", "not installed, and not needed")];
  const [, major = "", minor = "", patch = ""] = match;
  const version = `${major}.${minor}.${patch}`;
  if (Number(minor) >= (minCli[Number(major)] ?? 0)) return [ok("AWS CLI", version)];
  return [
    warning(
      "AWS CLI",
      `${version} does not read AWS_ENDPOINT_URL`,
      "millrace aws -- ... tells it where to go; or install 2.13 or newer.",
    ),
  ];
};
