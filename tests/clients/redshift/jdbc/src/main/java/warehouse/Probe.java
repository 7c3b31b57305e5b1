package warehouse;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Runs each check with AWS's JDBC driver and prints a line for it: its name, a tab and what it found. */
public class Probe {
  interface Check {
    Object run(Connection connection) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, Check> checks = new TreeMap<>();
    checks.putAll(Metadata.checks());
    checks.putAll(Values.checks());
    checks.putAll(Transactions.checks());
    String url = "jdbc:redshift://127.0.0.1:" + arguments[0] + "/dev?" + arguments[1];
    for (Map.Entry<String, Check> check : checks.entrySet()) {
      try (Connection connection = DriverManager.getConnection(url, "awsuser", "any")) {
        System.out.println(check.getKey() + "\t" + found(check.getValue(), connection));
      }
    }
  }

  private static Object found(Check check, Connection connection) {
    try {
      return check.run(connection);
    } catch (SQLException error) {
      return refusal(error);
    } catch (Exception error) {
      return error.toString();
    }
  }

  /** `42703 ERROR: column "x" does not exist Position: 8` */
  static String refusal(SQLException error) {
    return error.getSQLState() + " " + error.getMessage().replaceAll("\\s+", " ");
  }
}
