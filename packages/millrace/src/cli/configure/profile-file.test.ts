import { describe, expect, it } from "vitest";
import { withoutSettings, withSettings } from "./profile-file.ts";

const settings = { region: "us-east-1", endpoint_url: "http://127.0.0.1:4566" };
const section = "profile millrace";

describe("withSettings", () => {
  it("writes an empty file", () => {
    expect(withSettings("", section, settings)).toBe(
      "[profile millrace]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:4566\n",
    );
  });

  it.each([
    ["[default]\nregion=eu-west-1\n", "\n"],
    ["[default]\nregion=eu-west-1", "\n\n"],
    ["[default]\nregion=eu-west-1\n\n", ""],
    ["# mine\r\n[default]\r\nregion = eu-west-1\r\n", "\r\n"],
  ])("keeps %j and adds the section at the end", (text, gap) => {
    const newline = text.includes("\r\n") ? "\r\n" : "\n";
    expect(withSettings(text, section, settings)).toBe(
      `${text}${gap}[profile millrace]${newline}region = us-east-1${newline}endpoint_url = http://127.0.0.1:4566${newline}`,
    );
  });

  const other =
    "# Comment\n[profile a]\nregion = x\ns3 =\n  max_queue_size = 7\n\n[profile  millrace]\n; note\nregion=eu-north-1\noutput = table\n\n[services s]\nkinesis =\n  endpoint_url = http://x\n";

  it("changes what is there, in its place, and nothing else", () => {
    expect(withSettings(other, section, settings)).toBe(
      other
        .replace("region=eu-north-1\n", "region = us-east-1\n")
        .replace("output = table\n", "output = table\nendpoint_url = http://127.0.0.1:4566\n"),
    );
  });

  it.each([
    ["", "a"],
    [other, "b"],
    ["[profile millrace]", "c"],
    ["[profile millrace]\r\nregion=us-east-1", "d"],
  ])("does nothing the second time (%#)", (text) => {
    const once = withSettings(text, section, settings);
    expect(withSettings(once, section, settings)).toBe(once);
  });

  it("does not take a setting of another section, or one that belongs to another setting", () => {
    const text =
      "[profile millrace]\ns3 =\n  endpoint_url = http://mine\n[profile b]\nendpoint_url = http://b\n";
    expect(withSettings(text, section, settings)).toBe(
      "[profile millrace]\ns3 =\n  endpoint_url = http://mine\nregion = us-east-1\nendpoint_url = http://127.0.0.1:4566\n[profile b]\nendpoint_url = http://b\n",
    );
  });
});

describe("withoutSettings", () => {
  const keys = Object.keys(settings);

  it.each([
    "",
    "[default]\nregion = x\n",
    "# only words\n",
    "[default]\r\nregion = x\r\n\r\n[profile b]\r\n",
  ])("takes away what was added to %j, and leaves the rest byte for byte", (text) => {
    expect(withoutSettings(withSettings(text, section, settings), section, keys)).toBe(text);
  });

  it("leaves what somebody else has put into the section, and files without it", () => {
    expect(withoutSettings("[profile millrace]\nregion = x\noutput = json\n", section, keys)).toBe(
      "[profile millrace]\noutput = json\n",
    );
    expect(withoutSettings("[profile b]\nregion = x\n", section, keys)).toBe("[profile b]\nregion = x\n");
  });
});
