import { parseVersionSelector } from "../../objectives/gate/version-selector";

const refused = (text: string) => expect(() => parseVersionSelector(text));

describe("the selector of a version", () => {
  it("is label matchers of PromQL, in each of its four comparisons", () => {
    expect(parseVersionSelector('version="2.4.1", track=~"canary|preview",zone!="lab",pod!~"old-.*"')).toEqual({
      version: "2.4.1",
      track: { matches: "canary|preview" },
      zone: { not: "lab" },
      pod: { notMatches: "old-.*" },
    });
  });

  it("takes the quotes of PromQL, with their escapes", () => {
    expect(parseVersionSelector('a=\'say "x"\',b="say \\"x\\"",c=`a\\d`,d=~"1\\\\.2",e=""')).toEqual({
      a: 'say "x"',
      b: 'say "x"',
      c: "a\\d",
      d: { matches: "1\\.2" },
      e: "",
    });
  });

  it.each([
    ["", "came:     nothing\nexpected: at least one label matcher\nto do:    write label matchers as in PromQL"],
    [",", 'it is none from "," on'],
    ["stable", "expected: label matchers of PromQL"],
    ["version=stable", "expected: label matchers of PromQL"],
    ['version="stable', "expected: label matchers of PromQL"],
    ['{version="stable"}', "expected: label matchers of PromQL"],
    ['version=="stable"', "expected: label matchers of PromQL"],
    ['version="a" track="b"', "expected: label matchers of PromQL"],
    ['version="stable"} or vector(0) or x{a="b"', "expected: label matchers of PromQL and nothing else"],
    ['version="stable"} #', "expected: label matchers of PromQL"],
    ['version="stable"}[5m', "expected: label matchers of PromQL; it ends too early"],
    ['version="stable"} offset 1h + x{a="b"', "expected: label matchers of PromQL and nothing else"],
    ['version="a",version="b"', 'each label once; "version" stands twice'],
    ['"service.version"="a"', "names of labels without quotes"],
    ['__name__="up"', "expected: the name of a label: letters, digits and _, not beginning with a digit or __"],
    ['version=~"a("', "expected: a regular expression whose brackets close"],
    ['version=~""', "expected: "],
    ['version=~"(?=a)"', "expected: "],
    ['version="a\\nb"', "no escape but \\\\, \\\" and \\'; it has \\n"],
    ["version=`a\nb`", "expected: "],
    [`version="${"a".repeat(301)}"`, "expected: "],
  ])("is not %j", (text, message) => {
    refused(text).toThrow(message);
    refused(text).toThrow(/^came: {5}[\s\S]+\nexpected: .+\nto do: {4}.+$/);
  });
});
