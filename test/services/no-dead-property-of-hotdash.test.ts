import { testEveryProperty } from "./dead-properties";

describe("nothing is declared of hotdash that has no effect: deleting any property is refused, or changes what follows", () => {
  testEveryProperty(4);
});
