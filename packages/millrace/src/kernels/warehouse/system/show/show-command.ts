import type {
  ShowFilter,
  ShowName,
  ShowNamePart,
  TextOrParameter,
} from "../../../../sql/redshift/ast/show.ts";
import { SqlError } from "../../../../sql/sql-error.ts";
import type { DatabaseRecord } from "../../leader-records.ts";
import type { SystemColumn } from "../system-column.ts";
import type { SystemRow } from "../system-table.ts";
import type { SystemView } from "../system-view.ts";
import { type SchemaPlace, schemaPlaces, type TablePlace, tablePlaces } from "../tables/svv-objects.ts";

/** A SHOW command that answers with rows about objects. */
export interface ShowCommand<Ast> {
  columns(ast: Ast): readonly SystemColumn[];
  /** @throws SqlError */
  rows(ast: Ast, request: ShowRequest): Promise<readonly SystemRow[]>;
}

export interface ShowRequest {
  readonly view: SystemView;
  /** What `$1`, ... stand for: drivers put them in the place of names and patterns. */
  readonly parameters: readonly (string | null)[];
}

type Parameter = Extract<ShowNamePart, { readonly index: number }>;

/** Rows that a SHOW command may answer with; AWS refuses more. */
const maximumRows = 10_000;

function parameterText({ index, span }: Parameter, { parameters }: ShowRequest): string {
  const text = parameters[index - 1];
  if (text === null || text === undefined) {
    throw new SqlError("22023", `parameter $${index} must not be null here`, { position: span.start });
  }
  return text;
}

/** The parts of a name: `db`, `schema`, `table`, the last of which is there always. */
export function nameParts(name: ShowName, request: ShowRequest): string[] {
  return name.parts.map((part) => ("index" in part ? parameterText(part, request) : part.name));
}

function textOf(text: TextOrParameter, request: ShowRequest): string {
  return "index" in text ? parameterText(text, request) : text.value;
}

/** @throws SqlError 3D000 */
export function databaseNamed(name: string | undefined, { view }: ShowRequest): DatabaseRecord {
  if (name === undefined) return view.session.database;
  const database = view.leader.databases.find((candidate) => candidate.name === name);
  if (database === undefined) throw new SqlError("3D000", `database "${name}" does not exist`);
  return database;
}

/** `schema` or `db.schema`. @throws SqlError 3D000, 3F000 */
export async function schemaNamed(parts: readonly string[], request: ShowRequest): Promise<SchemaPlace> {
  const name = parts.at(-1) ?? "";
  const places = await schemaPlaces(request.view, databaseNamed(parts.at(-2), request));
  const place = places.find(({ schema }) => schema.name === name);
  if (place === undefined) throw new SqlError("3F000", `schema "${name}" does not exist`);
  return place;
}

/** `table`, `schema.table` or `db.schema.table`. @throws SqlError 3D000, 3F000, 42P01 */
export async function tableNamed(name: ShowName, request: ShowRequest): Promise<TablePlace> {
  const parts = nameParts(name, request);
  const table = parts.at(-1) ?? "";
  const { searchPath } = request.view.session;
  const schemas = parts.length === 1 ? searchPath.map((schema) => [schema]) : [parts.slice(0, -1)];
  for (const schema of schemas) {
    const places = await tablePlaces(await schemaNamed(schema, request), request.view);
    const found = places.find((place) => tableName(place) === table);
    if (found !== undefined) return found;
  }
  throw new SqlError("42P01", `relation "${parts.join(".")}" does not exist`, { position: name.span.start });
}

function tableName(place: TablePlace): string {
  return place.kind === "local" ? place.relation.name : place.table.name;
}

/** Keeps what LIKE matches in a column, and as much as LIMIT lets through. @throws SqlError 54000 for too many rows */
export function filtered(
  rows: readonly SystemRow[],
  filter: Pick<ShowFilter, "limit"> & Partial<Pick<ShowFilter, "like">>,
  column: string,
  request: ShowRequest,
): readonly SystemRow[] {
  const pattern = filter.like === undefined ? undefined : likePattern(textOf(filter.like, request));
  const kept = pattern === undefined ? rows : rows.filter((row) => pattern.test(String(row[column])));
  const limit = limitOf(filter.limit, request);
  if (limit !== undefined) return kept.slice(0, limit);
  if (kept.length > maximumRows) {
    throw new SqlError("54000", `the command would return more than ${maximumRows} rows; use LIKE or LIMIT`);
  }
  return kept;
}

function limitOf(limit: ShowFilter["limit"], request: ShowRequest): number | undefined {
  if (limit === undefined) return undefined;
  const value = typeof limit === "number" ? limit : Number(parameterText(limit, request));
  if (!Number.isInteger(value) || value < 0 || value > maximumRows) {
    throw new SqlError("22023", `LIMIT must be between 0 and ${maximumRows}`);
  }
  return value;
}

/** `%` and `_`, taken literally behind a backslash; case counts. */
export function likePattern(like: string): RegExp {
  const source = like.replaceAll(
    /\\(.)|([%_])|([\s\S])/gu,
    (_, escaped?: string, wildcard?: string, plain?: string) => {
      if (wildcard !== undefined) return wildcard === "%" ? ".*" : ".";
      return (escaped ?? plain ?? "").replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    },
  );
  return new RegExp(`^${source}$`, "su");
}
