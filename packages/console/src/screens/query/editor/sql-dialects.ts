import { PostgreSQL, SQLDialect } from "@codemirror/lang-sql";

/** What both dialects have. The editor's own lists have hundreds of words that nobody wants to be offered. */
const words =
  "select from where group by order having limit offset as on using join inner left right full outer cross " +
  "union all except intersect distinct with recursive case when then else end and or not in exists between like " +
  "is null true false asc desc nulls first last over partition rows range preceding following unbounded current " +
  "row insert into values update set delete create table view drop alter add column rename to if exists replace " +
  "temporary primary key foreign references unique default cast extract interval grouping sets rollup cube " +
  "explain show describe use database schema function returns begin commit rollback any some filter within " +
  "lateral unnest coalesce count sum min max avg";

const redshiftWords =
  "distkey sortkey diststyle compound interleaved encode auto even unload copy iam_role parquet avro csv json " +
  "manifest cleanpath allowoverwrite parallel partitioned stored location top qualify pivot unpivot super " +
  "approximate listagg external catalog data analyze vacuum verbose merge matched truncate materialized refresh " +
  "ignoreheader delimiter gzip zstd bzip2 maxerror dateformat timeformat acceptinvchars emptyasnull " +
  "blanksasnull statupdate compupdate ilike similar cascade restrict grant revoke privileges user role " +
  "password owner temp identity connect start prior minus exclude cancel declare fetch close prepare execute " +
  "deallocate lock reset search_path session authorization comment nextval sysdate getdate dateadd datediff " +
  "date_trunc json_parse nvl decode";
const types =
  "smallint integer int bigint decimal numeric real double precision boolean char varchar date time timestamp";
const redshiftTypes = "super varbyte timestamptz timetz bpchar text int2 int4 int8 float4 float8 float bool";

/** Lower case, as its keywords are compared. */
export const redshiftDialect: SQLDialect = SQLDialect.define({
  ...PostgreSQL.spec,
  keywords: `${words} ${redshiftWords}`,
  types: `${types} ${redshiftTypes}`,
});

const flinkWords =
  "watermark for descriptor tumble hop cumulate session window_start window_end window_time proctime " +
  "statement overwrite partitioned enforced metadata virtual catalog catalogs databases functions views tables " +
  "execute row_number options language javascript second minute hour day month year current_timestamp " +
  "date_format to_timestamp to_timestamp_ltz json_value json_query try_cast listagg";
const flinkTypes = "string bytes tinyint timestamp_ltz row array map multiset raw float binary varbinary";

export const flinkDialect: SQLDialect = SQLDialect.define({
  ...PostgreSQL.spec,
  keywords: `${words} ${flinkWords}`,
  types: `${types} ${flinkTypes}`,
  identifierQuotes: "`",
});
