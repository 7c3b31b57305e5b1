package probe;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs each check against the endpoint and prints, as JSON, "ok" or what went wrong. */
final class Probe {
  private interface Check {
    void run() throws Exception;
  }

  private final Map<String, String> verdict = new LinkedHashMap<>();

  public static void main(String[] args) {
    URI plain = URI.create(args[0]);
    URI secure = URI.create(args[1]);
    Probe probe = new Probe();
    try (Wire wire = Wire.sync(plain)) {
      SyncChecks checks = new SyncChecks(wire);
      probe.check("put and get", checks::putAndGet);
      probe.check("batch", checks::batch);
      probe.check("timestamps", checks::timestamps);
      probe.check("errors", checks::errors);
      probe.check("paginators and waiters", checks::paginatorsAndWaiters);
      probe.check("speaks CBOR", checks::speaksCbor);
    }
    try (AsyncChecks checks = new AsyncChecks("java-secure", secure)) {
      probe.check("put and get over TLS and HTTP/2", checks::putAndGet);
      probe.check("subscribe over TLS and HTTP/2", checks::subscribe);
      probe.check("subscription errors over TLS and HTTP/2", checks::subscriptionErrors);
    }
    try (AsyncChecks checks = new AsyncChecks("java-plain", plain)) {
      probe.check("put and get over plain HTTP/2", checks::putAndGet);
      probe.check("subscribe over plain HTTP/2", checks::subscribe);
    }
    System.out.println(probe.json());
    System.exit(0);
  }

  private void check(String name, Check check) {
    try {
      check.run();
      verdict.put(name, "ok");
    } catch (Exception | AssertionError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      verdict.put(name, e + " / " + cause);
    }
  }

  private String json() {
    return verdict.entrySet().stream()
        .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c < ' ') out.append(String.format("\\u%04x", (int) c));
      else out.append(c);
    }
    return out.append('"').toString();
  }

  static void equal(Object actual, Object expected, String what) {
    if (!expected.equals(actual)) throw new AssertionError(what + ": expected " + expected + ", got " + actual);
  }

  static void isTrue(boolean condition, String what) {
    if (!condition) throw new AssertionError(what);
  }
}
