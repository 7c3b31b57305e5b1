/** Functions of Flink's documentation that are not there, with the reason. */
export const missingFunctions: ReadonlyMap<string, string> = new Map([
  ["percentile", "it sorts all values of a group"],
  ["approx_count_distinct", "Flink itself has it for batches alone"],
  ["parse_json", "there is no type VARIANT"],
  ["try_parse_json", "there is no type VARIANT"],
  ["object_of", "there are no structured types"],
  ["object_update", "there are no structured types"],
  ["group_id", "there are no grouping sets"],
  ["grouping", "there are no grouping sets"],
  ["grouping_id", "there are no grouping sets"],
  ["ml_predict", "there are no models"],
  ["ml_evaluate", "there are no models"],
  ["vector_search", "there are no models"],
  ["current_database", "the current database is the program's alone"],
]);
