import { createHash } from "node:crypto";
import type {
  ApplicationCodeConfiguration,
  ApplicationCodeConfigurationDescription,
  ApplicationCodeConfigurationUpdate,
  CodeContentDescription,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";

/** The code's description, and the archive that came inside the call. */
export interface GivenCode {
  readonly description: ApplicationCodeConfigurationDescription;
  readonly archive?: Uint8Array;
}

/** @throws ServiceError InvalidArgumentException */
export function newCode(asked: Input<ApplicationCodeConfiguration>): GivenCode {
  const { CodeContent: content, CodeContentType: type } = asked;
  const location = content?.S3ContentLocation;
  return givenCode(type, {
    text: content?.TextContent,
    archive: content?.ZipFileContent,
    location: location && {
      BucketARN: location.BucketARN,
      FileKey: location.FileKey,
      ObjectVersion: location.ObjectVersion,
    },
  });
}

/** @throws ServiceError InvalidArgumentException */
export function updatedCode(
  before: ApplicationCodeConfigurationDescription | undefined,
  update: Input<ApplicationCodeConfigurationUpdate>,
): GivenCode {
  const content = update.CodeContentUpdate;
  const type = update.CodeContentTypeUpdate ?? before?.CodeContentType;
  if (type === undefined) throw invalidArgument("CodeContentTypeUpdate must be given: there is no code yet.");
  const old = before?.CodeContentDescription?.S3ApplicationCodeLocationDescription;
  const moved = content?.S3ContentLocationUpdate;
  if (content === undefined || (isEmpty(content) && type === before?.CodeContentType)) {
    if (before === undefined) throw invalidArgument("CodeContentUpdate must be given: there is no code yet.");
    return { description: { ...before, CodeContentType: type } };
  }
  const bucket = moved?.BucketARNUpdate ?? old?.BucketARN;
  const key = moved?.FileKeyUpdate ?? old?.FileKey;
  if (moved !== undefined && (bucket === undefined || key === undefined))
    throw invalidArgument("S3ContentLocationUpdate needs a bucket and a file key.");
  // A new key has no version unless it is said.
  const version =
    moved?.ObjectVersionUpdate ?? (moved?.FileKeyUpdate === undefined ? old?.ObjectVersion : undefined);
  return givenCode(type, {
    text: content.TextContentUpdate,
    archive: content.ZipFileContentUpdate,
    location: moved === undefined ? undefined : { BucketARN: bucket, FileKey: key, ObjectVersion: version },
  });
}

const isEmpty = (content: object): boolean => Object.values(content).every((value) => value === undefined);

interface Given {
  readonly text: string | undefined;
  readonly archive: Uint8Array | undefined;
  readonly location: CodeContentDescription["S3ApplicationCodeLocationDescription"];
}

function givenCode(type: "PLAINTEXT" | "ZIPFILE", { text, archive, location }: Given): GivenCode {
  const given = [text, archive, location].filter((part) => part !== undefined).length;
  if (given !== 1)
    throw invalidArgument(
      "Exactly one of TextContent, ZipFileContent and S3ContentLocation must be given as the code content.",
    );
  if (text !== undefined && type !== "PLAINTEXT")
    throw invalidArgument("TextContent is only valid with the code content type PLAINTEXT.");
  if (archive !== undefined && type !== "ZIPFILE")
    throw invalidArgument("ZipFileContent is only valid with the code content type ZIPFILE.");
  if (text !== undefined)
    return { description: { CodeContentType: type, CodeContentDescription: { TextContent: text } } };
  if (archive === undefined)
    return {
      description: {
        CodeContentType: type,
        CodeContentDescription: { S3ApplicationCodeLocationDescription: location },
      },
    };
  const content = {
    CodeMD5: createHash("md5").update(archive).digest("base64"),
    CodeSize: archive.byteLength,
  };
  return { description: { CodeContentType: type, CodeContentDescription: content }, archive };
}
