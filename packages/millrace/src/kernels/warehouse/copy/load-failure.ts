/**
 * Codes of "Load error reference" in AWS's Redshift Database Developer Guide; the texts are those that
 * STL_LOAD_ERRORS shows.
 */
export const loadCodes = {
  extraColumns: 1202,
  outOfRange: 1204,
  date: 1205,
  timestamp: 1206,
  digit: 1207,
  float: 1208,
  decimal: 1209,
  boolean: 1210,
  missing: 1213,
  delimiter: 1214,
  line: 1216,
  nullByte: 1218,
  codepoint: 1220,
  encoding: 1221,
  overflow: 1222,
  type: 1223,
  json: 1224,
} as const;

/** Why a field, or a line, cannot be loaded: a row of STL_LOAD_ERRORS. Thrown by the readers of values. */
export class LoadFailure extends Error {
  override readonly name = "LoadFailure";
  readonly code: number;

  constructor(code: number, reason: string) {
    super(reason);
    this.code = code;
  }
}
