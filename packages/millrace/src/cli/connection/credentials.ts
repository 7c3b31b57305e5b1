import { usageError } from "../command-error.ts";
import { readProfiles } from "./profiles.ts";

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What every key is as good as in `trust` mode; LocalStack's users know it. */
const anyCredentials: AwsCredentials = { accessKeyId: "test", secretAccessKey: "test" };
const defaultRegion = "us-east-1";
/** The profile that `millrace configure` writes. */
export const ownProfile = "millrace";

type Environment = Readonly<Record<string, string | undefined>>;

/** Keys from `--profile`, the environment, `AWS_PROFILE`, the profile of `millrace configure`; else `test`. */
export async function findCredentials(
  flags: { readonly profile?: string | undefined },
  environment: Environment,
): Promise<AwsCredentials> {
  if (flags.profile !== undefined) {
    const found = credentialsIn(await readProfiles(environment), flags.profile);
    if (found !== undefined) return found;
    throw usageError(
      `Profile ${flags.profile} has no access key. Write one with "millrace configure --profile ${flags.profile}".`,
    );
  }
  const accessKeyId = environment["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = environment["AWS_SECRET_ACCESS_KEY"];
  if (accessKeyId && secretAccessKey)
    return withToken({ accessKeyId, secretAccessKey }, environment["AWS_SESSION_TOKEN"]);
  const profiles = await readProfiles(environment);
  for (const name of [environment["AWS_PROFILE"], ownProfile]) {
    const found = name === undefined ? undefined : credentialsIn(profiles, name);
    if (found !== undefined) return found;
  }
  return anyCredentials;
}

/** `--region`, AWS_REGION, AWS_DEFAULT_REGION, the profile's region; else us-east-1. */
export async function findRegion(
  flags: { readonly region?: string | undefined; readonly profile?: string | undefined },
  environment: Environment,
): Promise<string> {
  const given = flags.region ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"];
  if (given) return given;
  const name = flags.profile ?? environment["AWS_PROFILE"] ?? ownProfile;
  return (await readProfiles(environment)).get(name)?.["region"] ?? defaultRegion;
}

type Profiles = Awaited<ReturnType<typeof readProfiles>>;

function credentialsIn(profiles: Profiles, name: string): AwsCredentials | undefined {
  const profile = profiles.get(name);
  const accessKeyId = profile?.["aws_access_key_id"];
  const secretAccessKey = profile?.["aws_secret_access_key"];
  if (!accessKeyId || !secretAccessKey) return undefined;
  return withToken({ accessKeyId, secretAccessKey }, profile?.["aws_session_token"]);
}

function withToken(credentials: AwsCredentials, sessionToken: string | undefined): AwsCredentials {
  return sessionToken ? { ...credentials, sessionToken } : credentials;
}
