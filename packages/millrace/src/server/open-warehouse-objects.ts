import type { ObjectAccess, StatementObjects, WarehouseObjects } from "../kernels/warehouse/objects-port.ts";
import { WarehouseObjectError } from "../kernels/warehouse/objects-port.ts";
import { roleByArn } from "../services/iam/trust-policies.ts";
import { openRemoteObjects } from "./engines.ts";
import { openIdentities } from "./open-identities.ts";
import { objectKeys } from "./open-keys.ts";
import { openObjectTarget } from "./open-object-target.ts";
import { openObjects } from "./open-objects.ts";
import { openRoleAccess } from "./role-access.ts";
import type { ServiceContext } from "./service-context.ts";
import { LocalObjects } from "./warehouse-objects.ts";

/** How long the credentials of a role live that a statement takes along to another endpoint. */
const sessionMs = 12 * 60 * 60 * 1_000;

/** S3 for COPY, UNLOAD and external tables: the platform's own, or the route that the configuration names. */
export function openWarehouseObjects(context: ServiceContext): WarehouseObjects {
  return {
    async connect(access, signal) {
      const endpoint = routeOf(context, access);
      if (endpoint !== undefined) return connectRemote(context, access, endpoint, signal);
      const { identity } = access;
      // Whose keys these are, and what they may, the gateway knows.
      if (identity.kind === "keys" && context.configuration.auth === "verify")
        return connectRemote(context, access, context.address.url(), signal);
      return new LocalObjects(
        {
          objects: await openObjects(context),
          target: await openObjectTarget(context),
          keys: objectKeys(context),
          roles: await openRoleAccess(context),
          linksFolder: linksFolder(context),
        },
        access,
        signal,
      );
    },
  };
}

/** Files of objects that statements read at the moment; what a crash left in it goes at the next start. */
export function linksFolder({ directory }: Pick<ServiceContext, "directory">): string {
  return directory.scratch("warehouse-links");
}

/** The other endpoint that a statement's bytes take. @throws WarehouseObjectError when there is none */
function routeOf({ configuration }: ServiceContext, access: ObjectAccess): string | undefined {
  const { standard, vpc } = configuration.redshiftRoutes;
  if (!access.enhancedVpcRouting) return standard;
  if (vpc !== undefined) return vpc;
  throw new WarehouseObjectError(
    "RouteClosed",
    "The cluster uses enhanced VPC routing and its VPC has no route to S3 (--redshift-vpc-s3-endpoint).",
    503,
  );
}

async function connectRemote(
  context: ServiceContext,
  access: ObjectAccess,
  endpoint: string,
  signal: AbortSignal,
): Promise<StatementObjects> {
  const { region } = access;
  const credentials = await credentialsOf(context, access);
  return openRemoteObjects({ endpoint, region, credentials, signal });
}

/** A statement's own keys, else those that the configuration gives other endpoints, else a session of its role. */
async function credentialsOf(
  context: ServiceContext,
  { identity, cluster }: ObjectAccess,
): Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string }> {
  const { configuration } = context;
  if (identity.kind === "keys") {
    const { accessKeyId, secretAccessKey, sessionToken } = identity;
    return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  }
  if (configuration.objectStoreCredentials !== undefined) return configuration.objectStoreCredentials;
  if (configuration.auth === "trust") return { accessKeyId: cluster.account, secretAccessKey: "trusted" };
  return roleSession(context, { identity, cluster });
}

async function roleSession(
  context: ServiceContext,
  { identity, cluster }: Pick<ObjectAccess, "identity" | "cluster">,
): Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken: string }> {
  const chain = identity.kind === "roles" ? identity.roleArns : [];
  const roles = await openRoleAccess(context);
  const { state, sessions } = await openIdentities(context);
  const sourceArn = `arn:aws:redshift:${cluster.region}:${cluster.account}:cluster:${cluster.identifier}`;
  for (const [i, roleArn] of chain.entries()) {
    const refusal = roles.assuming({
      ...{ roleArn, sourceArn, service: "redshift.amazonaws.com" },
      assumedBy: chain[i - 1],
    });
    if (refusal !== undefined) throw new WarehouseObjectError("AccessDenied", refusal.message, 403);
  }
  const roleArn = chain.at(-1) ?? "";
  const role = roleByArn(state, roleArn);
  if (role === undefined) throw new WarehouseObjectError("AccessDenied", `There is no role ${roleArn}.`, 403);
  const account = roleArn.split(":")[4] ?? "";
  const name = "RedshiftIamRoleSession";
  const issued = sessions.issue(
    {
      ...{ arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${name}`, account, kind: "role" },
      ...{
        userId: `${role.id}:${name}`,
        roleArn,
        session: { issuedAtMs: context.clock.now(), tags: {}, transitiveTagKeys: [] },
      },
    },
    sessionMs,
  );
  return {
    accessKeyId: issued.accessKeyId,
    secretAccessKey: issued.secretKey,
    sessionToken: issued.sessionToken,
  };
}
