import type { ObjectAccess, StatementObjects, WarehouseObjects } from "../kernels/warehouse/objects-port.ts";
import { WarehouseObjectError } from "../kernels/warehouse/objects-port.ts";
import { roleByArn } from "../services/iam/trust-policies.ts";
import { openRemoteObjects } from "./engines.ts";
import { openIdentities } from "./open-identities.ts";
import { objectKeys } from "./open-keys.ts";
import { openObjectTarget } from "./open-object-target.ts";
import { openObjects } from "./open-objects.ts";
import { openRoleAccess } from "./role-access.ts";
import { RoleGuardedObjects } from "./role-guarded-objects.ts";
import type { ServiceContext } from "./service-context.ts";
import { attachedRoles, StatementRole } from "./statement-role.ts";
import { openTraffic } from "./topology/open-traffic.ts";
import { LocalObjects } from "./warehouse-objects.ts";

/** How long the credentials of a role live that a statement takes along to another endpoint. */
const sessionMs = 12 * 60 * 60 * 1_000;

/** S3 for COPY, UNLOAD and external tables: the platform's own, or the route that the configuration names. */
export function openWarehouseObjects(context: ServiceContext): WarehouseObjects {
  return {
    async connect(access, signal) {
      const endpoint = routeOf(context, access);
      if (endpoint !== undefined) return connectRemote(context, access, endpoint, signal);
      const { configuration, address, clock } = context;
      // Whose keys these are, and what they may, the gateway knows.
      if (access.identity.kind === "keys" && configuration.auth === "verify")
        return connectRemote(context, access, address.url(), signal);
      return new LocalObjects(
        {
          objects: await openObjects(context),
          target: await openObjectTarget(context),
          keys: objectKeys(context),
          role: await statementRole(context, access),
          clock,
          linksFolder: linksFolder(context),
          traffic: await openTraffic(context),
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
  const { region, identity } = access;
  if (identity.kind === "keys") {
    const { accessKeyId, secretAccessKey, sessionToken } = identity;
    const credentials = {
      ...{ accessKeyId, secretAccessKey },
      ...(sessionToken === undefined ? {} : { sessionToken }),
    };
    return openRemoteObjects({ endpoint, region, credentials, signal });
  }
  const { auth, redshiftRoutes, objectStoreCredentials } = context.configuration;
  const role = await statementRole(context, access);
  // All routes lead to one S3: to this Millrace's own as long as no other one is named.
  if (redshiftRoutes.standard !== undefined && objectStoreCredentials !== undefined) {
    const objects = await openRemoteObjects({
      ...{ endpoint, region, signal },
      credentials: objectStoreCredentials,
    });
    return auth === "trust" ? objects : new RoleGuardedObjects(objects, role, region);
  }
  const credentials =
    auth === "trust"
      ? { accessKeyId: access.cluster.account, secretAccessKey: "trusted" }
      : await roleSession(context, role);
  return openRemoteObjects({ endpoint, region, credentials, signal });
}

async function statementRole(context: ServiceContext, access: ObjectAccess): Promise<StatementRole> {
  return new StatementRole(await openRoleAccess(context), access, attachedRoles(context, access.cluster));
}

/** Credentials of a role that may be assumed. */
async function roleSession(
  context: ServiceContext,
  { roleArn }: StatementRole,
): Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken: string }> {
  const { state, sessions } = await openIdentities(context);
  const role = roleByArn(state, roleArn);
  if (role === undefined) throw new WarehouseObjectError("AccessDenied", `There is no role ${roleArn}.`, 403);
  const account = roleArn.split(":")[4] ?? "";
  const name = "RedshiftIamRoleSession";
  const issued = sessions.issue(
    {
      ...{ arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${name}`, account, kind: "role" },
      ...{ userId: `${role.id}:${name}`, roleArn },
      session: { issuedAtMs: context.clock.now(), tags: {}, transitiveTagKeys: [] },
    },
    sessionMs,
  );
  const { accessKeyId, secretKey, sessionToken } = issued;
  return { accessKeyId, secretAccessKey: secretKey, sessionToken };
}
