import { ServiceError } from "../../../core/errors.ts";

/** The errors of SelectObjectContent beyond those of S3: AWS's codes and the meaning it gives them. */
const meanings = {
  AmbiguousFieldName: "Field name matches to multiple fields in the file.",
  BadTableName: "The table name is not supported.",
  CastFailed: "Attempt to convert from one data type to another using CAST failed in the SQL expression.",
  DataSourcePathUnsupported: "The path behind S3Object needs JSON input.",
  EvaluatorInvalidArguments: "Incorrect number of arguments in the function call in the SQL expression.",
  EvaluatorInvalidTimestampFormatPattern: "Invalid time stamp format string in the SQL expression.",
  EvaluatorInvalidTimestampFormatPatternSymbol:
    "Time stamp format pattern contains an invalid symbol in the SQL expression.",
  EvaluatorUnterminatedTimestampFormatPatternToken:
    "Time stamp format pattern contains unterminated token in the SQL expression.",
  ExpressionTooLong:
    "The SQL expression is too long: The maximum byte-length for the SQL expression is 256 KB.",
  IllegalSqlFunctionArgument: "Illegal argument was used in the SQL function.",
  IncorrectSqlFunctionArgumentType: "Incorrect type of arguments in function call in the SQL expression.",
  IntegerOverflow: "Integer overflow or underflow in the SQL expression.",
  InvalidColumnIndex: "Column index in the SQL expression is invalid.",
  InvalidCompressionFormat: "The file is not in a supported compression format.",
  InvalidDataSource: "Invalid data source type. Only CSV, JSON, and Parquet are supported.",
  InvalidDataType: "The SQL expression contains an invalid data type.",
  InvalidExpressionType: "The ExpressionType is invalid. Only SQL expressions are supported.",
  InvalidFileHeaderInfo: "The FileHeaderInfo is invalid. Only NONE, USE, and IGNORE are supported.",
  InvalidJsonType: "The JsonType is invalid. Only DOCUMENT and LINES are supported.",
  InvalidQuoteFields: "The QuoteFields is invalid. Only ALWAYS and ASNEEDED are supported.",
  InvalidRequestParameter:
    "The value of a parameter in SelectRequest element is invalid. Check the service API documentation and try again.",
  InvalidScanRange: "The provided scan range is not valid.",
  InvalidTextEncoding: "Invalid encoding type. Only UTF-8 encoding is supported.",
  JSONParsingError: "Encountered an error parsing the JSON file. Check the file and try again.",
  LexerInvalidChar: "The SQL expression contains an invalid character.",
  LexerInvalidIONLiteral: "The SQL expression contains an invalid literal between backquotes.",
  LexerInvalidLiteral: "The SQL expression contains an invalid literal.",
  LexerInvalidOperator: "The SQL expression contains an invalid operator.",
  LikeInvalidInputs: "Invalid argument given to the LIKE clause in the SQL expression.",
  MissingHeaders: "Some headers in the query are missing from the file. Please check the file and try again.",
  MissingRequiredParameter:
    "The SelectRequest entity is missing a required parameter. Check the service documentation and try again.",
  MultipleDataSourcesUnsupported: "Multiple data sources are not supported.",
  ObjectSerializationConflict:
    "InputSerialization specifies more than one format (CSV, JSON, or Parquet), or OutputSerialization specifies more than one format (CSV or JSON). InputSerialization and OutputSerialization can only specify one format each.",
  OverMaxColumn:
    "The number of columns in the result is greater than the maximum allowable number of columns.",
  OverMaxParquetBlockSize: "The Parquet file needs more memory than a query may use.",
  OverMaxRecordSize:
    "The length of a record in the input or result is greater than maxCharsPerRecord of 1 MB.",
  ParquetParsingError: "Encountered an error parsing the Parquet file. Check the file and try again.",
  ParquetUnsupportedCompressionCodec: "The Parquet file's compression codec is not supported.",
  ParseAsteriskIsNotAloneInSelectList:
    "Other expressions are not allowed in the SELECT list when * is used without dot notation in the SQL expression.",
  ParseCastArity: "The SQL expression CAST has incorrect arity.",
  ParseEmptySelect: "The SQL expression contains an empty SELECT.",
  ParseExpectedArgumentDelimiter: "Did not find the expected argument delimiter in the SQL expression.",
  ParseExpectedDatePart: "Did not find the expected date part in the SQL expression.",
  ParseExpectedExpression: "Did not find the expected SQL expression.",
  ParseExpectedIdentForAlias: "Did not find the expected identifier for the alias in the SQL expression.",
  ParseExpectedKeyword: "Did not find the expected keyword in the SQL expression.",
  ParseExpectedLeftParenAfterCast:
    "Did not find the expected left parenthesis after CAST in the SQL expression.",
  ParseExpectedLeftParenBuiltinFunctionCall:
    "Did not find the expected left parenthesis in the SQL expression.",
  ParseExpectedLeftParenValueConstructor: "Did not find the expected left parenthesis in the SQL expression.",
  ParseExpectedNumber: "Did not find the expected number in the SQL expression.",
  ParseExpectedRightParenBuiltinFunctionCall:
    "Did not find the expected right parenthesis character in the SQL expression.",
  ParseExpectedTokenType: "Did not find the expected token in the SQL expression.",
  ParseExpectedTypeName: "Did not find the expected type name in the SQL expression.",
  ParseExpectedWhenClause: "Did not find the expected WHEN clause in the SQL expression.",
  ParseInvalidPathComponent: "The SQL expression contains an invalid path component.",
  ParseMalformedJoin: "JOIN is not supported in the SQL expression.",
  ParseSelectMissingFrom: "The SQL expression contains a missing FROM after SELECT list.",
  ParseUnexpectedTerm: "The SQL expression contains an unexpected term.",
  ParseUnexpectedToken: "The SQL expression contains an unexpected token.",
  ParseUnsupportedCallWithStar: "Only COUNT with (*) as a parameter is supported in the SQL expression.",
  ParseUnsupportedLiteralsGroupBy: "The SQL expression contains an unsupported use of GROUP BY.",
  ParseUnsupportedSelect: "The SQL expression contains an unsupported use of SELECT.",
  TruncatedInput:
    "Object decompression failed. Check that the object is properly compressed using the format specified in the request.",
  UnsupportedFunction: "Encountered an unsupported SQL function.",
  UnsupportedParquetType: "The Parquet file has a column of a type that is not supported.",
  UnsupportedScanRangeInput: "Scan range queries are not supported on this type of object.",
  UnsupportedSqlOperation: "Encountered an unsupported SQL operation.",
  UnsupportedSqlStructure: "Encountered an unsupported SQL structure. Check the SQL Reference.",
  UnsupportedStorageClass:
    "Encountered an invalid storage class. Only STANDARD, STANDARD_IA, and ONEZONE_IA storage classes are supported.",
  UnsupportedSyntax: "Encountered unsupported syntax.",
} as const;

export type SelectErrorCode = keyof typeof meanings;

/** Where in an expression something begins; both count from one. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The error that a client sees, with what is known beyond the code's own meaning. */
export function selectError(code: SelectErrorCode, detail?: string, place?: Place): ServiceError {
  const where = place === undefined ? "" : ` at line ${place.line}, column ${place.column}`;
  const more = detail === undefined && place === undefined ? "" : ` ${detail ?? "Look"}${where}.`;
  return new ServiceError(code, `${meanings[code]}${more}`);
}
