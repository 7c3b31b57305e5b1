import { PostgreSQL, SQLDialect } from "@codemirror/lang-sql";

const redshiftWords =
  "distkey sortkey diststyle compound interleaved encode auto even all backup unload copy iam_role parquet avro orc " +
  "manifest cleanpath allowoverwrite partition top qualify pivot unpivot super approximate listagg datashare " +
  "external schema catalog spectrum analyze vacuum explain verbose exclude ignoreheader gzip zstd bzip2 " +
  "maxerror dateformat timeformat acceptinvchars emptyasnull blanksasnull statupdate compupdate jsonpaths";
const redshiftTypes = "super varbyte hllsketch geometry geography timestamptz timetz bpchar";

/** Lower case, as its keywords are compared. */
export const redshiftDialect: SQLDialect = SQLDialect.define({
  ...PostgreSQL.spec,
  keywords: `${PostgreSQL.spec.keywords ?? ""} ${redshiftWords}`,
  types: `${PostgreSQL.spec.types ?? ""} ${redshiftTypes}`,
});

const flinkWords =
  "watermark for descriptor tumble hop cumulate session window_start window_end window_time proctime " +
  "changelog mode statement set begin end execute insert overwrite partitioned by not enforced primary key " +
  "metadata from virtual temporary catalog catalogs databases functions views use show describe explain " +
  "row_number over match_recognize unnest cross join lateral table options language javascript";
const flinkTypes =
  "string bytes tinyint timestamp_ltz row array map multiset raw int bigint decimal double boolean";

export const flinkDialect: SQLDialect = SQLDialect.define({
  ...PostgreSQL.spec,
  keywords: `${PostgreSQL.spec.keywords ?? ""} ${flinkWords}`,
  types: `${PostgreSQL.spec.types ?? ""} ${flinkTypes}`,
  identifierQuotes: "`",
});
