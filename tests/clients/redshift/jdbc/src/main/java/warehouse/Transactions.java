package warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Batches, transactions, fetch sizes, cancelling, errors. */
class Transactions {
  private static final String DIGITS = "(select 0 as n union all select 1 union all select 2 union all select 3"
      + " union all select 4 union all select 5 union all select 6 union all select 7 union all select 8 union all select 9)";
  private static final String SLOW = "select count(*) from big a, big b, big c where (a.v + b.v + c.v) % 7 = 8";

  static Map<String, Probe.Check> checks() {
    Map<String, Probe.Check> checks = new LinkedHashMap<>();
    checks.put("batch", Transactions::batch);
    checks.put("several statements", Transactions::several);
    checks.put("rollback", Transactions::rollback);
    checks.put("failed transaction", Transactions::failed);
    checks.put("fetch size", Transactions::fetchSize);
    checks.put("cursor", Transactions::cursor);
    checks.put("query timeout", connection -> {
      Statement statement = big(connection).createStatement();
      statement.setQueryTimeout(1);
      return statement.executeQuery(SLOW);
    });
    checks.put("cancel", Transactions::cancel);
    checks.put("error", connection -> connection.createStatement().executeQuery("select nothing\nfrom sales.users"));
    checks.put("savepoint", connection -> {
      connection.setAutoCommit(false);
      return connection.setSavepoint();
    });
    checks.put("read only", connection -> {
      connection.setReadOnly(true);
      return connection.createStatement().execute("insert into sales.users(name) values ('x')");
    });
    checks.put("schema", connection -> {
      connection.setSchema("sales");
      return connection.getSchema() + " " + number(connection, "select count(*) from users");
    });
    checks.put("application name", connection -> {
      connection.setClientInfo("ApplicationName", "my app");
      ResultSet rows = connection.createStatement().executeQuery("select current_setting('application_name')");
      rows.next();
      return rows.getString(1) + " " + connection.isValid(5);
    });
    checks.put("warning", connection -> {
      Statement statement = connection.createStatement();
      statement.execute("drop table if exists nowhere");
      return statement.getWarnings().getMessage();
    });
    return checks;
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (ResultSet rows = connection.createStatement().executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static Connection big(Connection connection) throws SQLException {
    connection.createStatement().execute("create temp table big as select a.n + b.n * 10 + c.n * 100 + d.n * 1000 as v"
        + " from " + DIGITS + " a, " + DIGITS + " b, " + DIGITS + " c, " + DIGITS + " d");
    return connection;
  }

  private static String batch(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    statement.execute("create temp table many (i int, t varchar(10))");
    PreparedStatement insert = connection.prepareStatement("insert into many values (?, ?)");
    for (int index = 0; index < 300; index++) {
      insert.setInt(1, index);
      insert.setString(2, "t" + index);
      insert.addBatch();
    }
    int inserted = Arrays.stream(insert.executeBatch()).sum();
    statement.addBatch("insert into many values (1000, 'a')");
    statement.addBatch("update many set t = 'z' where i < 10");
    statement.addBatch("delete from many where i >= 200");
    return inserted + " " + Arrays.toString(statement.executeBatch()) + " " + number(connection, "select sum(i) from many");
  }

  private static String several(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    StringJoiner found = new StringJoiner(" ");
    boolean rows = statement.execute("select 1; create temp table q as select 1 as i; update q set i = 2; select 3");
    while (rows || statement.getUpdateCount() != -1) {
      if (rows) {
        statement.getResultSet().next();
        found.add("row " + statement.getResultSet().getInt(1));
      } else {
        found.add("count " + statement.getUpdateCount());
      }
      rows = statement.getMoreResults();
    }
    return found.toString();
  }

  private static String rollback(Connection connection) throws SQLException {
    connection.createStatement().execute("create temp table kept as select 1 as i");
    connection.setAutoCommit(false);
    connection.createStatement().executeUpdate("delete from kept");
    long inside = number(connection, "select count(*) from kept");
    connection.rollback();
    return inside + " " + number(connection, "select count(*) from kept");
  }

  private static String failed(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    StringJoiner found = new StringJoiner("; ");
    for (String text : new String[] {"select 1/0", "select 1"}) {
      try {
        connection.createStatement().execute(text);
      } catch (SQLException error) {
        found.add(Probe.refusal(error));
      }
    }
    connection.rollback();
    return found + "; " + number(connection, "select 2");
  }

  private static String fetchSize(Connection connection) throws SQLException {
    big(connection).setAutoCommit(false);
    Statement statement = connection.createStatement();
    statement.setFetchSize(100);
    long sum = 0;
    try (ResultSet rows = statement.executeQuery("select v from big order by v")) {
      while (rows.next()) sum += rows.getInt(1);
    }
    statement.setMaxRows(15);
    int count = 0;
    try (ResultSet rows = statement.executeQuery("select v from big")) {
      while (rows.next()) count++;
    }
    Statement scrolling = connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
    ResultSet rows = scrolling.executeQuery("select v from big order by v");
    rows.last();
    return sum + " " + count + " " + rows.getInt(1);
  }

  private static String cursor(Connection connection) throws SQLException {
    big(connection).setAutoCommit(false);
    connection.createStatement().execute("declare first_ones cursor for select v from big order by v");
    int sum = 0;
    try (ResultSet rows = connection.createStatement().executeQuery("fetch forward 5 from first_ones")) {
      while (rows.next()) sum += rows.getInt(1);
    }
    connection.createStatement().execute("close first_ones");
    connection.commit();
    return String.valueOf(sum);
  }

  private static String cancel(Connection connection) throws Exception {
    Statement statement = big(connection).createStatement();
    boolean[] ended = {false};
    Thread canceller = new Thread(() -> {
      // A cancel that comes before the statement has begun is for nothing, so it is said until it is heard.
      while (!ended[0]) {
        try {
          Thread.sleep(100);
          statement.cancel();
        } catch (Exception error) {
          return;
        }
      }
    });
    canceller.start();
    String found;
    try {
      found = String.valueOf(statement.executeQuery(SLOW));
    } catch (SQLException error) {
      found = Probe.refusal(error);
    }
    ended[0] = true;
    canceller.join();
    return found;
  }
}
