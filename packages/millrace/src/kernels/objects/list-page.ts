import type { ObjectVersion } from "./object-version.ts";
import type { Upload } from "./store-options.ts";

export interface ListOptions {
  readonly prefix?: string;
  readonly delimiter?: string;
  /** Keys and common prefixes after this one, exclusive. */
  readonly after?: string;
  /** Of keys and common prefixes together; a page never has more than 1,000. */
  readonly limit: number;
}

export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly commonPrefixes: readonly string[];
  /**
   * Undefined at the end; otherwise the key or common prefix to list after. A page that met very many delete
   * markers ends before its limit.
   */
  readonly next: string | undefined;
}

export interface VersionListOptions extends ListOptions {
  /** With `after`: continues behind this version of that key instead of behind the key. */
  readonly afterVersionId?: string;
}

export interface VersionListPage extends ListPage<ObjectVersion> {
  readonly nextVersionId: string | undefined;
}

export interface UploadListOptions extends ListOptions {
  /** With `after`: continues behind this upload of that key instead of behind the key. */
  readonly afterUploadId?: string;
}

export interface UploadListPage extends ListPage<Upload> {
  readonly nextUploadId: string | undefined;
}
