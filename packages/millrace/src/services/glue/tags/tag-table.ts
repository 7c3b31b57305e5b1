import { parseArn } from "../../../core/arn.ts";
import type { Store } from "../../../core/store.ts";
import { DocumentTable, type Owner } from "../document-table.ts";
import { invalidInput } from "../errors.ts";
import { limits } from "../limits.ts";

export type Tags = Readonly<Record<string, string>>;

interface TagDocument extends Owner {
  /** `database/shop`. */
  readonly resource: string;
  readonly tags: Tags;
}

/**
 * The tags of Glue's resources by ARN. Whoever makes a resource calls `replace`, which also ends what a resource
 * of that name had before; whoever deletes one calls `forget`.
 */
export class TagTable {
  readonly #table: DocumentTable<TagDocument>;

  constructor(store: Store) {
    this.#table = new DocumentTable(store, "tags", ({ resource }) => resource);
  }

  load(): void {
    this.#table.load();
  }

  /** Of a resource that has none: {}. */
  of(arn: string): Tags {
    const place = placeOf(arn);
    return this.#table.get(place, place.resource)?.tags ?? {};
  }

  /** Gives a resource these tags and no others. @throws ServiceError for tags that AWS does not take */
  replace(arn: string, tags: Tags | undefined): Promise<void> {
    return this.change(arn, () => tags ?? {});
  }

  forget(arn: string): Promise<void> {
    return this.change(arn, () => ({}));
  }

  /** @param next the tags that the resource is to have, from those that it has */
  change(arn: string, next: (tags: Tags) => Tags): Promise<void> {
    const place = placeOf(arn);
    return this.#table.change(async () => {
      const current = this.#table.get(place, place.resource);
      const tags = next(current?.tags ?? {});
      checkTags(tags);
      if (Object.keys(tags).length > 0) await this.#table.put({ ...place, tags });
      else if (current !== undefined) await this.#table.remove([current]);
    });
  }

  reset(): Promise<void> {
    return this.#table.reset();
  }

  close(): Promise<void> {
    return this.#table.close();
  }
}

/** @throws ServiceError InvalidInputException */
export function checkTags(tags: Tags | undefined): void {
  const keys = Object.keys(tags ?? {});
  if (keys.length > limits.tagsPerResource)
    throw invalidInput(`A resource cannot have more than ${limits.tagsPerResource} tags.`);
  const reserved = keys.find((key) => /^aws:/i.test(key));
  if (reserved !== undefined) throw invalidInput(`The tag key ${reserved} begins with the reserved aws:.`);
}

function placeOf(arn: string): Owner & { readonly resource: string } {
  const { account = "", region = "", resource = "" } = parseArn(arn) ?? {};
  return { account, region, resource };
}
