import type { Copy } from "../../../sql/redshift/ast/copy.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { type StatementObjects, WarehouseObjectError } from "../objects-port.ts";
import { tagResult } from "../session/results.ts";
import type { StatementResult } from "../sql-session.ts";
import type { StatementContext } from "../statements/statement-context.ts";
import { objectError, reading, roleRefused } from "./copy-errors.ts";
import { type LoadOptions, loadOptions } from "./copy-options.ts";
import { fileFormat, pathsLocation } from "./formats/file-format.ts";
import { afterLoad, isEmpty } from "./load/after-load.ts";
import { exactLoad, type LoadParts } from "./load/exact-load.ts";
import { fastLoad } from "./load/fast-load.ts";
import { LoadLog, TooManyErrors } from "./load/load-log.ts";
import { type LoadTarget, loadTarget } from "./load/load-target.ts";
import { parquetLoad } from "./load/parquet-load.ts";
import { objectIdentity } from "./source/object-identity.ts";
import {
  filesOfManifest,
  filesOfPrefix,
  objectText,
  parseUri,
  type SourceFile,
  uriText,
} from "./source/source-files.ts";

/** Of a JSONPaths file. */
const maxPathsBytes = 1024 * 1024;

/** COPY: everything is loaded that may be, or nothing. */
export async function runCopy(copy: Copy, context: StatementContext): Promise<StatementResult> {
  const options = loadOptions(copy);
  const role = copy.authorization?.kind === "iam-role" ? copy.authorization.role : undefined;
  if (role !== undefined && role.kind !== "session")
    context.demand({
      kind: "assume role",
      roles: role.kind === "default" ? "default" : role.arns.join(","),
      command: "copy",
    });
  const source = parseUri(copy.source);
  const { logged, lastNumbers } = context;
  const target = await loadTarget(copy, context);
  if (copy.options.statUpdate === true) context.demand({ kind: "analyze", relation: target.record });
  const objects = await connect(copy, context);
  try {
    const { queryId } = logged;
    const files = copy.options.manifest
      ? await filesOfManifest(objects, source, queryId)
      : await filesOfPrefix(objects, source, queryId);
    context.checkCancelled();
    const rows = await load(copy, { context, objects, files, target, options });
    lastNumbers.copyId = queryId;
    lastNumbers.copyRows = rows;
    logged.relationOids = [target.record.oid];
    return tagResult("COPY", rows);
  } catch (error) {
    // What was waited for ends with an error of its own.
    context.checkCancelled();
    throw error;
  } finally {
    await objects.close();
  }
}

interface Load {
  readonly context: StatementContext;
  readonly objects: StatementObjects;
  readonly files: readonly SourceFile[];
  readonly target: LoadTarget;
  readonly options: LoadOptions;
}

async function load(copy: Copy, parts: Load): Promise<number> {
  const { context, target, options } = parts;
  const paths = await pathsText(copy, parts);
  const format = fileFormat(
    copy,
    options,
    target.columns.map(({ name }) => name),
    paths,
  );
  const log = new LoadLog(context, target, {
    ...{ errorLimit: options.errorLimit, format: format.name, source: copy.source },
  });
  let committed = false;
  try {
    const wasEmpty = !options.noLoad && (await isEmpty(target, context));
    const rows = await loadRows(copy, { ...parts, format, log });
    if (!options.noLoad) {
      noteRows(target, rows, context);
      await afterLoad(copy, target, { wasEmpty, rows }, context);
    }
    committed = !options.noLoad;
    tell(target, rows, log.errors, options, context);
    return options.noLoad ? 0 : rows;
  } catch (error) {
    if (!(error instanceof TooManyErrors)) throw error;
    throw new SqlError(
      "XX000",
      `Load into table '${target.record.name}' failed.  Check 'stl_load_errors' system table for details.`,
    );
  } finally {
    log.end(committed);
  }
}

async function loadRows(copy: Copy, parts: LoadParts): Promise<number> {
  if (copy.format.kind === "parquet") return parquetLoad(parts);
  const rows = await fastLoad(copy, parts);
  if (rows !== undefined) return rows;
  parts.log.restart();
  return exactLoad(parts);
}

async function pathsText(copy: Copy, { objects, context }: Load): Promise<string | undefined> {
  const location = pathsLocation(copy);
  if (location === undefined) return undefined;
  const uri = parseUri(location);
  return reading(`S3 key being read : ${uriText(uri)}`, context.logged.queryId, () =>
    objectText(objects, uri, maxPathsBytes),
  );
}

/** S3 in the name of whom the statement says. */
async function connect(copy: Copy, context: StatementContext): Promise<StatementObjects> {
  const { host, logged, signal, user } = context;
  const { roles: _, defaultRole, enhancedVpcRouting } = host.clusterSettings();
  const identity = objectIdentity(copy.authorization, defaultRole);
  if (host.objects === undefined) throw new SqlError("0A000", "this warehouse has no S3 to COPY from");
  const { account, region, identifier } = host.facts;
  try {
    return await host.objects.connect(
      {
        identity,
        cluster: { account, region, identifier },
        region: copy.options.region ?? region,
        enhancedVpcRouting,
      },
      signal,
    );
  } catch (error) {
    if (!(error instanceof WarehouseObjectError)) throw error;
    if (error.code !== "AccessDenied" || identity.kind !== "roles")
      throw objectError(error, "", logged.queryId);
    const name = `arn:aws:redshift:${region}:${account}:dbuser:${identifier}/${user.name}`;
    throw roleRefused(name, identity.roleArns.join(","), logged.queryId);
  }
}

function noteRows({ record }: LoadTarget, rows: number, { transaction, catalog }: StatementContext): void {
  transaction.touched.add(record.oid);
  if (catalog.isTemporary(record) || rows === 0) return;
  // Rows are in order among themselves; those that were there before are not behind them.
  transaction.noteRows(record.oid, record.sort === undefined ? 0 : rows);
}

function tell(
  { record: { name } }: LoadTarget,
  rows: number,
  errors: number,
  { noLoad }: LoadOptions,
  context: StatementContext,
): void {
  const verb = noLoad ? "validated" : "loaded";
  context.notice("INFO", `Load into table '${name}' completed, ${rows} record(s) ${verb} successfully.`);
  if (errors > 0)
    context.notice(
      "INFO",
      `Load into table '${name}' completed, ${errors} record(s) could not be loaded.  Check 'stl_load_errors' system table for details.`,
    );
}
