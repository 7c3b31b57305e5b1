import { compileGrok, type GrokPattern } from "../../../../formats/grok/grok-pattern.ts";
import type { Sample } from "../../../../formats/sniff/sample.ts";
import { describeLines, readLines } from "../log-lines.ts";
import { type Classifier, no, type Verdict } from "../verdict.ts";

/** Of the lines, this part must match; logs have stray lines. */
const minMatching = 0.9;

/** Glue's log classifiers in its order, under its classifications (Developer Guide, "Built-in classifiers"). */
const logs: readonly { readonly name: string; readonly pattern: string }[] = [
  { name: "combined_apache", pattern: "%{COMBINEDAPACHELOG}" },
  { name: "apache", pattern: "%{COMMONAPACHELOG}" },
  {
    name: "linux_kernel",
    pattern:
      "%{SYSLOGTIMESTAMP:timestamp} %{SYSLOGHOST:logsource} kernel: (?:\\[ *%{NUMBER:uptime}\\] )?%{GREEDYDATA:message}",
  },
  {
    name: "microsoft_log",
    pattern:
      "%{IPORHOST:clientip}, %{NOTSPACE:username}, %{DATE_US:date}, %{TIME:time}, %{NOTSPACE:service}, %{NOTSPACE:servername}, %{IP:serverip}, %{INT:timetaken}, %{INT:bytessent}, %{INT:bytesreceived}, %{INT:servicestatus}, %{INT:windowsstatus}, %{NOTSPACE:requesttype}, %{NOTSPACE:target}, %{DATA:parameters},?",
  },
  {
    name: "ruby_logger",
    pattern:
      "[DFEWIAU], \\[%{TIMESTAMP_ISO8601:timestamp} #%{POSINT:pid}\\] +%{WORD:loglevel} -- +%{DATA:progname}: %{GREEDYDATA:message}",
  },
  {
    name: "squid",
    pattern:
      "%{NUMBER:timestamp} +%{INT:duration} %{IPORHOST:client_address} %{WORD:cache_result}/%{INT:status_code} %{INT:bytes} %{NOTSPACE:request_method} %{NOTSPACE:url} %{NOTSPACE:user} %{WORD:hierarchy_code}/%{NOTSPACE:server} %{NOTSPACE:content_type}",
  },
  {
    name: "redismonlog",
    pattern:
      '%{NUMBER:timestamp} \\[%{INT:database} %{NOTSPACE:client}\\] "%{WORD:command}"(?: %{GREEDYDATA:params})?',
  },
  {
    name: "redislog",
    pattern:
      "\\[?%{POSINT:pid}(?:\\]|:%{WORD:role}) %{MONTHDAY:day} %{MONTH:month}(?: %{YEAR:year})? %{TIME:time} [.*#-] %{GREEDYDATA:message}",
  },
];

/** The classifiers of logs; their patterns are compiled when the first text comes. */
export function logClassifiers(): readonly Classifier[] {
  return logs.map(({ name, pattern }) => {
    let compiled: GrokPattern | undefined;
    return {
      name,
      custom: false,
      judge: (sample: Sample): Promise<Verdict> => {
        compiled ??= compiledOf(pattern);
        return judge(sample, name, pattern, compiled);
      },
    };
  });
}

function compiledOf(pattern: string): GrokPattern {
  const compiled = compileGrok(pattern, undefined);
  if (typeof compiled === "string") throw new TypeError(`a built-in pattern does not compile: ${compiled}`);
  return compiled;
}

async function judge(sample: Sample, name: string, text: string, compiled: GrokPattern): Promise<Verdict> {
  const log = await readLines(sample);
  const [first] = log?.lines ?? [];
  if (log === undefined || first === undefined) return no(`${name}: there are no lines of text`);
  const { expression } = compiled;
  if (!expression.test(first)) return no(`${name}: the first line does not match`);
  const matched = log.lines.filter((line) => expression.test(line)).length;
  if (matched < log.lines.length * minMatching) {
    return no(`${name}: ${matched} of the first ${log.lines.length} lines match`);
  }
  const pattern = { compiled, text, custom: undefined };
  // A built-in classifier is certain or it says no.
  return { kind: "match", found: { ...describeLines(sample, log, pattern, name, matched), certainty: 1 } };
}
