import { counted, printable, wrapped } from "../../operations/console";

describe("what is printed", () => {
  it("shows control characters of values from outside instead of obeying them", () => {
    expect(printable("a\u001b[2Jb\u202ec\nd")).toBe("a\\u001b[2Jb\\u202ec\nd");
  });

  it("breaks long lines after punctuation and at spaces, and words that are longer than a line", () => {
    expect(wrapped("github_repository_ruleset.protected-main", 20)).toBe(
      "github_repository_\nruleset.protected-\nmain",
    );
    expect(wrapped("abcdefghij", 4)).toBe("abcd\nefgh\nij");
    expect(wrapped("one two\nthree", 7)).toBe("one two\nthree");
    expect(wrapped("", 5)).toBe("");
  });

  it("counts in words", () => {
    expect([counted(0, "stack"), counted(1, "stack"), counted(2, "stack")]).toEqual([
      "0 stacks",
      "1 stack",
      "2 stacks",
    ]);
  });
});
