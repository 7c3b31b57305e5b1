package warehouse;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Values of each type, read and bound. */
class Values {
  private static final String TYPES = "si smallint, i int, bi bigint, n numeric(10,2), n38 numeric(38,10), r real,"
      + " d double precision, b boolean, c char(5), v varchar(20), vb varbyte(10), dt date, t time, tz timetz,"
      + " ts timestamp, tstz timestamptz, iy interval year to month, id interval day to second, su super";

  static Map<String, Probe.Check> checks() {
    Map<String, Probe.Check> checks = new LinkedHashMap<>();
    checks.put("values read", Values::read);
    checks.put("values bound", Values::bound);
    checks.put("decimals keep their digits", Values::decimals);
    checks.put("java.time", Values::javaTime);
    checks.put("described parameters", Values::described);
    checks.put("escapes", connection -> one(connection,
        "select {fn ucase('a')} || {fn concat('b', 'c')}, {d '2024-01-02'}, {fn timestampadd(SQL_TSI_DAY, 1, {ts '2024-01-02 03:04:05'})}"));
    checks.put("too long a text", connection -> {
      made(connection);
      return connection.createStatement().execute("insert into every(v) values ('123456789012345678901')");
    });
    return checks;
  }

  private static void made(Connection connection) throws SQLException {
    connection.createStatement().execute("create temp table every (" + TYPES + ")");
  }

  private static String one(Connection connection, String query) throws SQLException {
    try (ResultSet rows = connection.createStatement().executeQuery(query)) {
      rows.next();
      return row(rows);
    }
  }

  private static String row(ResultSet rows) throws SQLException {
    StringJoiner found = new StringJoiner(" | ");
    for (int index = 1; index <= rows.getMetaData().getColumnCount(); index++) {
      Object value = rows.getObject(index);
      found.add(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value));
    }
    return found.toString();
  }

  private static String read(Connection connection) throws SQLException {
    made(connection);
    Statement statement = connection.createStatement();
    statement.execute("insert into every values (-1, 2, 9007199254740993, 12345678.90,"
        + " 1234567890123456789012345678.0123456789, 1.5, 2.25, true, 'ab', 'häß', to_varbyte('00ff10', 'hex'),"
        + " '2024-02-29', '12:34:56.789', '12:34:56+02', '2024-02-29 12:34:56.123456', '2024-02-29 12:34:56+02',"
        + " interval '1-2' year to month, interval '1 02:03:04.5' day to second, json_parse('{\"a\":[1,\"x\"]}'))");
    statement.execute("insert into every default values");
    StringJoiner found = new StringJoiner(" / ");
    try (ResultSet rows = statement.executeQuery("select * from every order by si")) {
      while (rows.next()) found.add(row(rows));
      ResultSetMetaData columns = rows.getMetaData();
      StringJoiner names = new StringJoiner(" ");
      for (int index = 1; index <= columns.getColumnCount(); index++) {
        names.add(columns.getColumnTypeName(index) + "(" + columns.getPrecision(index) + "," + columns.getScale(index) + ")");
      }
      found.add(names.toString());
    }
    return found.toString();
  }

  private static String bound(Connection connection) throws SQLException {
    made(connection);
    PreparedStatement insert = connection.prepareStatement(
        "insert into every(si, i, bi, n, n38, r, d, b, c, v, vb, dt, t, ts) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    insert.setShort(1, (short) 7);
    insert.setInt(2, 8);
    insert.setLong(3, 9L << 40);
    insert.setBigDecimal(4, new BigDecimal("-1.25"));
    insert.setBigDecimal(5, new BigDecimal("1234567890123456789012345678.0123456789"));
    insert.setFloat(6, 1.5f);
    insert.setDouble(7, 1e300);
    insert.setBoolean(8, false);
    insert.setString(9, "x");
    insert.setString(10, "it's \\ ? ü");
    insert.setBytes(11, new byte[] {1, 2, (byte) 255});
    insert.setDate(12, Date.valueOf("2020-01-31"));
    insert.setTime(13, Time.valueOf("01:02:03"));
    insert.setTimestamp(14, Timestamp.valueOf("2020-01-31 01:02:03.5"));
    int count = insert.executeUpdate();
    for (int index = 1; index <= 14; index++) insert.setNull(index, index == 4 ? Types.NUMERIC : Types.VARCHAR);
    insert.setNull(2, Types.INTEGER);
    PreparedStatement query = connection.prepareStatement(
        "select si, i, bi, n, n38, r, d, b, c, v, vb, dt, t, ts from every where i = ? and v = ? and dt = ? and n = ?");
    query.setInt(1, 8);
    query.setString(2, "it's \\ ? ü");
    query.setDate(3, Date.valueOf("2020-01-31"));
    query.setBigDecimal(4, new BigDecimal("-1.250"));
    try (ResultSet rows = query.executeQuery()) {
      return count + ": " + (rows.next() ? row(rows) : "no row");
    }
  }

  private static String decimals(Connection connection) throws SQLException {
    PreparedStatement query = connection.prepareStatement(
        "select 1.25::numeric(10,2) * ?, case when 1.25::numeric(10,2) < ? then 'less' else 'not less' end");
    StringJoiner found = new StringJoiner(" / ");
    // More runs than the driver's threshold for prepared statements on the server.
    for (String text : new String[] {"1.175", "2", "1.251", "-0.5", "1.2501", "1.2", "1.3", "1.4"}) {
      query.setBigDecimal(1, new BigDecimal(text));
      query.setBigDecimal(2, new BigDecimal(text));
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        found.add(rows.getBigDecimal(1).stripTrailingZeros().toPlainString() + " " + rows.getString(2));
      }
    }
    return found.toString();
  }

  private static String javaTime(Connection connection) throws SQLException {
    PreparedStatement query = connection.prepareStatement("select ?::date, ?::timestamp, ?::timestamptz, ?::time");
    query.setObject(1, LocalDate.of(2024, 1, 2));
    query.setObject(2, LocalDateTime.of(2024, 1, 2, 3, 4, 5));
    query.setObject(3, OffsetDateTime.parse("2024-01-02T03:04:05+02:00"));
    query.setObject(4, LocalTime.of(1, 2, 3));
    try (ResultSet rows = query.executeQuery()) {
      rows.next();
      return rows.getObject(1, LocalDate.class) + " " + rows.getObject(2, LocalDateTime.class) + " "
          + rows.getObject(3, OffsetDateTime.class).toInstant() + " " + rows.getObject(4, LocalTime.class);
    }
  }

  private static String described(Connection connection) throws SQLException {
    made(connection);
    PreparedStatement query = connection.prepareStatement("select * from every where i = ? and v = ? and dt < ?");
    ParameterMetaData parameters = query.getParameterMetaData();
    StringJoiner found = new StringJoiner(" ");
    for (int index = 1; index <= parameters.getParameterCount(); index++) found.add(parameters.getParameterTypeName(index));
    return found + ", " + query.getMetaData().getColumnCount() + " columns";
  }
}
