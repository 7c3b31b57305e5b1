import type { UserDefinedFunction, UserDefinedFunctionInput } from "@aws-sdk/client-glue";
import type { Input } from "../../../gateway/service.ts";
import type { Attachment } from "../../../kernels/catalog/index.ts";
import { invalidInput, notImplemented } from "../errors.ts";
import type { FoundDatabase } from "../lookup.ts";

/** The kind of attachment that functions are to their database. */
export const functionKind = "function";

/** All of a function but its name. */
export interface FunctionDocument {
  readonly ClassName?: string | undefined;
  readonly OwnerName?: string | undefined;
  readonly OwnerType?: UserDefinedFunctionInput["OwnerType"];
  readonly FunctionType?: UserDefinedFunctionInput["FunctionType"];
  readonly ResourceUris?: readonly ResourceUriDocument[] | undefined;
  readonly ArtifactLocation?: string | undefined;
}

interface ResourceUriDocument {
  readonly ResourceType?: "ARCHIVE" | "FILE" | "JAR" | undefined;
  readonly Uri?: string | undefined;
}

/** @throws ServiceError when a function has no name or no class, or is not one that Millrace keeps */
export function functionFrom(input: Input<UserDefinedFunctionInput>): {
  readonly name: string;
  readonly document: FunctionDocument;
} {
  const { FunctionName: name, GovernanceMode, ResourceUris, ...document } = input;
  if (name === undefined) throw invalidInput("FunctionName is required.");
  if (GovernanceMode === "LAKE_FORMATION") throw notImplemented("functions that Lake Formation governs");
  const uris = ResourceUris?.map(({ ResourceType, Uri }) => ({ ResourceType, Uri }));
  return { name, document: { ...document, ResourceUris: uris } };
}

export function functionOf(found: FoundDatabase, attachment: Attachment): UserDefinedFunction {
  const { ResourceUris, ...document } = attachment.document as FunctionDocument;
  return {
    FunctionName: attachment.name,
    DatabaseName: found.database.name,
    ...document,
    ResourceUris: ResourceUris?.map((uri) => ({ ...uri })),
    CreateTime: new Date(attachment.createdMs),
    CatalogId: found.scope.catalogId,
  };
}
