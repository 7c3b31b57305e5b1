import type { DeliveryStream } from "./delivery-stream.ts";
import { errorLogOf } from "./destinations/kinds.ts";
import type { VersionedDestination } from "./document.ts";

/** Where a delivery stream delivers to. */
export interface DeliveryPlace {
  readonly kind: "destination" | "backup" | "staging";
  /** `s3://bucket`, an endpoint's URL, a cluster's JDBC URL. */
  readonly place: string;
}

export interface SchemaPlace {
  readonly account: string;
  readonly region: string;
  readonly database: string;
  readonly table: string;
}

/** What a consumer's destination is called: a bucket as `s3://bucket`, or an endpoint's URL. */
export function placeOf({ destination }: VersionedDestination, consumer: string): string {
  return bucketPlace(errorLogOf(destination, consumer).destination);
}

/** All places of a delivery stream, as they are configured. */
export function deliveryPlaces({ document }: DeliveryStream): readonly DeliveryPlace[] {
  const { destination } = document;
  const main = placeOf(document, "destination");
  const places: DeliveryPlace[] = [{ kind: "destination", place: main }];
  if (destination.kind === "redshift")
    places.push({
      kind: "staging",
      place: bucketPlace(destination.settings.S3DestinationDescription.BucketARN),
    });
  const backup = placeOf(document, "backup");
  if (backup !== main && places.every(({ place }) => place !== backup))
    places.push({ kind: "backup", place: backup });
  return places;
}

/** The table of the data catalog by whose columns records are converted; undefined where they are not. */
export function schemaTableOf({ document }: DeliveryStream): SchemaPlace | undefined {
  const { destination, account, region } = document;
  const conversion =
    destination.kind === "s3" ? destination.settings.DataFormatConversionConfiguration : undefined;
  const { DatabaseName, TableName, CatalogId, Region } = conversion?.SchemaConfiguration ?? {};
  if (conversion?.Enabled === false || DatabaseName === undefined || TableName === undefined)
    return undefined;
  return {
    ...{ account: CatalogId ?? account, region: Region ?? region },
    ...{ database: DatabaseName, table: TableName },
  };
}

function bucketPlace(arn: string): string {
  return arn.replace(/^arn:[^:]*:s3:::/, "s3://");
}
