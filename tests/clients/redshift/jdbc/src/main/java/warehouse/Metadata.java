package warehouse;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** DatabaseMetaData, over the objects of `../redshift-catalog/objects.sql`. */
class Metadata {
  interface Call {
    ResultSet of(DatabaseMetaData metadata) throws Exception;
  }

  static Map<String, Probe.Check> checks() {
    Map<String, Probe.Check> checks = new LinkedHashMap<>();
    checks.put("product", connection -> connection.getMetaData().getDatabaseProductName()
        + " " + connection.getMetaData().getDatabaseProductVersion());
    rows(checks, "catalogs", m -> m.getCatalogs(), "TABLE_CAT");
    rows(checks, "schemas", m -> m.getSchemas("dev", "%"), "TABLE_SCHEM");
    rows(checks, "tables", m -> m.getTables("dev", "public", "%", new String[] {"TABLE", "VIEW"}),
        "TABLE_NAME", "TABLE_TYPE");
    rows(checks, "columns", m -> m.getColumns("dev", "sales", "users", null),
        "COLUMN_NAME", "TYPE_NAME", "COLUMN_SIZE", "NULLABLE", "COLUMN_DEF", "IS_AUTOINCREMENT");
    rows(checks, "primary keys", m -> m.getPrimaryKeys("dev", "sales", "users"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME");
    rows(checks, "imported keys", m -> m.getImportedKeys("dev", "public", "orders"),
        "PKTABLE_NAME", "PKCOLUMN_NAME", "FKTABLE_NAME", "FKCOLUMN_NAME");
    rows(checks, "exported keys", m -> m.getExportedKeys("dev", "sales", "users"), "FKTABLE_NAME", "FKCOLUMN_NAME");
    rows(checks, "cross reference",
        m -> m.getCrossReference("dev", "sales", "users", "dev", "public", "orders"), "PKCOLUMN_NAME", "FKCOLUMN_NAME");
    rows(checks, "best row", m -> m.getBestRowIdentifier("dev", "sales", "users", 2, true), "COLUMN_NAME");
    rows(checks, "functions", m -> m.getFunctions("dev", "public", null), "FUNCTION_NAME", "SPECIFIC_NAME");
    rows(checks, "function columns", m -> m.getFunctionColumns("dev", "public", null, null), "COLUMN_TYPE", "TYPE_NAME");
    rows(checks, "index info", m -> m.getIndexInfo("dev", "sales", "users", false, false));
    checks.put("types", connection -> {
      StringJoiner found = new StringJoiner(" ");
      try (ResultSet rows = connection.getMetaData().getTypeInfo()) {
        while (rows.next()) found.add(rows.getString("TYPE_NAME"));
      }
      return found.toString().matches(".*\\bint4\\b.*\\bvarchar\\b.*") ? "int4, varchar and more" : found;
    });
    return checks;
  }

  /** The named columns of each row. */
  private static void rows(Map<String, Probe.Check> checks, String name, Call call, String... columns) {
    checks.put(name, connection -> {
      StringJoiner all = new StringJoiner("; ");
      try (ResultSet rows = call.of(connection.getMetaData())) {
        while (rows.next()) {
          StringJoiner row = new StringJoiner(" ");
          for (String column : columns) row.add(String.valueOf(rows.getObject(column)));
          all.add(row.toString());
        }
      }
      return all;
    });
  }
}
