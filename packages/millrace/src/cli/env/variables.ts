import type { Connection } from "../connection/connection.ts";
import type { Variables } from "./shells.ts";

/** Variables that other sources of keys are found by; some SDKs look there first. */
const stale = [
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_SESSION_TOKEN",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
] as const;
const set = [
  "AWS_ENDPOINT_URL",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
] as const;

/** What points AWS's tools at Millrace, and takes away what would lead them elsewhere. */
export function variablesFor(
  { url, region, credentials }: Pick<Connection, "url" | "region" | "credentials">,
  environment: Readonly<Record<string, string | undefined>>,
): Variables {
  const variables: Record<string, string | undefined> = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
  for (const name of stale) if (environment[name] !== undefined) variables[name] = undefined;
  if (credentials.sessionToken !== undefined) variables["AWS_SESSION_TOKEN"] = credentials.sessionToken;
  return variables;
}

/** Takes away what `variablesFor` sets. */
export function unsetVariables(): Variables {
  return Object.fromEntries([...set, "AWS_SESSION_TOKEN"].map((name) => [name, undefined]));
}
