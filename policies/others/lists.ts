import { ALLSTAR } from "./allstar";
import { CIS_GITHUB } from "./cis-github";
import { CIS_KUBERNETES } from "./cis-kubernetes";
import type { RulesOfOthers } from "./rules-of-others";
import { SCORECARD } from "./scorecard";
import { ZIZMOR } from "./zizmor";

/** Whose rules are listed as a whole, or a part as a whole; Checkov has too many (./checkov). */
export const LISTS: readonly RulesOfOthers[] = [ALLSTAR, CIS_GITHUB, CIS_KUBERNETES, SCORECARD, ZIZMOR];
