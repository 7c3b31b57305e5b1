import { Redshift } from "@aws-sdk/client-redshift";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Statement, VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const account = "111111111111";
const arn = (resource: string): string => `arn:aws:redshift:us-east-1:${account}:${resource}`;
const input = { ClusterIdentifier: "sales" };
let millrace: VerifyingMillrace;
let root: Redshift;
const opened: Redshift[] = [];

function clientOf(credentials: ConstructorParameters<typeof Redshift>[0]): Redshift {
  const client = new Redshift({
    endpoint: millrace.process.url,
    region: "us-east-1",
    maxAttempts: 1,
    ...credentials,
  });
  opened.push(client);
  return client;
}

/** A new user who may do what is said and nothing else. */
async function userWho(...statements: readonly Statement[]): Promise<Redshift> {
  const { iam } = await millrace.userWho(...statements);
  return clientOf({ credentials: iam.config.credentials });
}

/** "yes", or the name of the error. */
const answerOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "yes",
    (error: Error) => error.name,
  );

beforeAll(async () => {
  millrace = await VerifyingMillrace.start(account);
  root = clientOf({ credentials: millrace.root });
  await root.createCluster({
    ...input,
    NodeType: "ra3.xlplus",
    ClusterType: "single-node",
    MasterUsername: "admin",
    MasterUserPassword: "Passw0rd",
  });
  await vi.waitFor(
    async () => {
      const { Clusters } = await root.describeClusters(input);
      expect(Clusters?.[0]?.ClusterStatus).toBe("available");
    },
    { timeout: 20_000 },
  );
});
afterAll(async () => {
  for (const client of opened) client.destroy();
  await millrace.dispose();
});

it("there is no cluster that nobody has made", async () => {
  const { Clusters } = await root.describeClusters({});
  expect(Clusters?.map(({ ClusterIdentifier }) => ClusterIdentifier)).toEqual(["sales"]);
});

it("credentials need the user, the database, the groups, and leave to make the user", async () => {
  const get = { Action: "redshift:GetClusterCredentials", Resource: arn("dbuser:sales/anna") };
  const anna = await userWho(get);
  const as = { ...input, DbUser: "anna" };
  expect(await answerOf(anna.getClusterCredentials(as))).toBe("yes");
  expect(await answerOf(anna.getClusterCredentials({ ...as, DbUser: "admin" }))).toBe("AccessDenied");
  expect(await answerOf(anna.getClusterCredentials({ ...as, DbName: "dev" }))).toBe("AccessDenied");
  expect(await answerOf(anna.getClusterCredentials({ ...as, AutoCreate: true }))).toBe("AccessDenied");
  expect(await answerOf(anna.getClusterCredentials({ ...as, DbGroups: ["analysts"] }))).toBe("AccessDenied");
  const all = await userWho(
    get,
    { Action: "redshift:GetClusterCredentials", Resource: arn("dbname:sales/dev") },
    { Action: "redshift:CreateClusterUser", Resource: arn("dbuser:sales/anna") },
    { Action: "redshift:JoinGroup", Resource: arn("dbgroup:sales/analysts") },
  );
  const everything = { ...as, DbName: "dev", AutoCreate: true, DbGroups: ["analysts"] };
  expect(await answerOf(all.getClusterCredentials(everything))).toBe("yes");
});

it("an IAM user gets a database user of its own", async () => {
  const user = await userWho({
    Action: "redshift:GetClusterCredentialsWithIAM",
    Resource: arn("dbname:sales/dev"),
  });
  const given = await user.getClusterCredentialsWithIAM({ ...input, DbName: "dev" });
  expect(given.DbUser).toMatch(/^IAM:user-\d+$/);
  expect(await answerOf(user.getClusterCredentialsWithIAM(input))).toBe("AccessDenied");
});

it("clusters are controlled by those who may, and roles given by those who may pass them", async () => {
  const user = await userWho({ Action: "redshift:*", Resource: arn("cluster:sales") });
  expect(await answerOf(user.describeClusters(input))).toBe("yes");
  expect(await answerOf(user.describeClusters({}))).toBe("AccessDenied");
  expect(await answerOf(user.deleteCluster({ ClusterIdentifier: "other" }))).toBe("AccessDenied");
  const role = `arn:aws:iam::${account}:role/copy`;
  expect(await answerOf(user.modifyClusterIamRoles({ ...input, AddIamRoles: [role] }))).toBe("AccessDenied");
  const tag = { ResourceName: arn("cluster:sales"), Tags: [{ Key: "a", Value: "b" }] };
  expect(await answerOf(user.createTags(tag))).toBe("yes");
});
