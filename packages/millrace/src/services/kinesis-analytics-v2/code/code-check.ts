import { createHash } from "node:crypto";
import type { Application } from "../applications/application.ts";
import {
  type ApplicationDocument,
  isSql,
  isStudio,
  type RunDocument,
  type VersionDocument,
} from "../applications/document.ts";
import { applicationArn } from "../arn.ts";
import type { KinesisAnalyticsV2Dependencies } from "../dependencies.ts";
import { codeNotReadable, invalidCode } from "../errors.ts";
import { type Archives, ProgramError, programOf, type SqlProgram } from "./program.ts";
import { sqlFailureText, sqlStateOf } from "./sql-failure.ts";

/**
 * Looks at the code of a version before it is kept. Code that is not SQL is not looked at.
 * @returns what was read from S3, to be kept with the version
 * @throws ServiceError CodeValidationException, InvalidArgumentException when it cannot be read
 */
export async function checkCode(
  dependencies: KinesisAnalyticsV2Dependencies,
  application: Named,
  version: VersionDocument,
  archives: Archives,
): Promise<Buffer | undefined> {
  if (version.configuration.ApplicationCodeConfigurationDescription === undefined) return undefined;
  const { read, failure } = await checkedProgram(dependencies, application, version, undefined, archives);
  if (failure === undefined) return read;
  const { object, message, sqlState } = failure;
  if (object !== undefined) throw codeNotReadable(object.bucketArn, object.key, message);
  // Code of SQL-1_0 may come before its inputs and outputs: then only what is no SQL at all is wrong already.
  if (isSql(version.runtime) && sqlState !== undefined && sqlState !== syntaxError) return read;
  throw invalidCode(message);
}

export interface CheckedCode {
  /** What was read from S3. */
  readonly read?: Buffer | undefined;
  readonly failure?: CodeFailure;
}

interface CodeFailure {
  /** With the place in the code, as users know it. */
  readonly message: string;
  readonly sqlState?: string | undefined;
  /** What could not be read. */
  readonly object?: ProgramError["object"];
}

/** SQLSTATE of a syntax error. */
const syntaxError = "42601";

type Named = Pick<ApplicationDocument, "account" | "region" | "name">;

/** What would become of a version's program. */
export async function checkedProgram(
  dependencies: KinesisAnalyticsV2Dependencies,
  application: Named,
  version: VersionDocument,
  run: RunDocument | undefined,
  archives: Archives,
): Promise<CheckedCode> {
  if (isStudio(version.runtime)) return {};
  const { TextContent = "" } =
    version.configuration.ApplicationCodeConfigurationDescription?.CodeContentDescription ?? {};
  let known: Pick<SqlProgram, "source" | "placeOf" | "read"> = { source: TextContent, placeOf: (at) => at };
  try {
    const program = await programOf(dependencies, application, version, run, archives);
    if (program.kind === "foreign") return {};
    known = program;
    const { account, region } = application;
    const context = { account, region, roleArn: version.role, sourceArn: applicationArn(application) };
    const engine = await dependencies.engine();
    await engine.check({ text: program.text, dialect: "flink", context });
    return { read: program.read };
  } catch (error) {
    const { read } = known;
    if (error instanceof ProgramError)
      return { read, failure: { message: error.message, object: error.object } };
    const message = sqlFailureText(error, known.source, known.placeOf);
    if (message === undefined) throw error;
    return { read, failure: { message, sqlState: sqlStateOf(error) } };
  }
}

/** A version with the code that was read for it. */
export function withRead(version: VersionDocument, read: Buffer | undefined): VersionDocument {
  return read === undefined ? version : { ...version, archive: sha256Of(read) };
}

export const sha256Of = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** Archives of an application, and the one that came with the call. */
export function archivesOf(
  read: (sha256: string) => Uint8Array | undefined,
  coming: { readonly sha256: string | undefined; readonly archive: Uint8Array | undefined },
): Archives {
  return (sha256) => (sha256 === coming.sha256 ? coming.archive : read(sha256));
}

/** Archives that are kept. */
export const keptArchives =
  (
    table: { archive(application: Application, sha256: string): Uint8Array | undefined },
    application: Application,
  ): Archives =>
  (sha256) =>
    table.archive(application, sha256);
