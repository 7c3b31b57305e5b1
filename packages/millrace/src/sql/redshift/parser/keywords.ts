/** AWS's list of reserved words: none of them is a name without quotes, but each may follow AS or a dot. */
const RESERVED: ReadonlySet<string> = new Set(
  `aes128 aes256 all allowoverwrite analyse analyze and any array as asc authorization az64 backup between binary
  blanksasnull both bytedict bzip2 case cast check collate column constraint create credentials cross
  current_date current_time current_timestamp current_user current_user_id default deferrable deflate defrag delta
  delta32k desc disable distinct do else emptyasnull enable encode encrypt encryption end except explicit false for
  foreign freeze from full globaldict256 globaldict64k grant group gzip having identity ignore ilike in initially
  inner intersect interval into is isnull join leading left like limit localtime localtimestamp lun luns
  lzo lzop minus mostly16 mostly32 mostly8 natural new not notnull null nulls off offline offset oid old on only
  open or order outer overlaps parallel partition percent permissions pivot placing primary raw readratio recover
  references reject resort respect restore right select session_user similar snapshot some sysdate system table tag
  tdes text255 text32k then timestamp to top trailing true truncatecolumns union unique unnest unpivot user using
  verbose wallet when where with without`.split(/\s+/),
);

export const isReserved = (word: string): boolean => RESERVED.has(word);

/** Reserved words that are names of functions where a bracket follows. */
const RESERVED_FUNCTIONS: ReadonlySet<string> = new Set(
  "array binary collate identity ilike isnull left like notnull overlaps right unnest".split(" "),
);

export const isReservedFunction = (word: string): boolean => RESERVED_FUNCTIONS.has(word);

/** Names of types that the grammar knows; a bracket behind them holds a length, never arguments. */
const TYPE_KEYWORDS: ReadonlySet<string> = new Set(
  `bigint bit boolean char character dec decimal double float int integer interval national nchar numeric nvarchar
  precision real setof smallint time timestamp varchar`.split(/\s+/),
);

export const isTypeKeyword = (word: string): boolean => TYPE_KEYWORDS.has(word);

const NILADIC: ReadonlySet<string> = new Set(
  `current_date current_time current_timestamp localtime localtimestamp current_user current_user_id session_user user
  sysdate current_namespace current_aws_account current_session_arn`.split(/\s+/),
);

/** Functions that are called without brackets. */
export const isNiladic = (word: string): boolean => NILADIC.has(word);
