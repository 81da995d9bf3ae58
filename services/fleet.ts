import type { Fleet } from "../declaration/fleet";
import { hotdash } from "./hotdash";
import hotdashSealed from "./hotdash.sealed.json";
import hotdashStateful from "./hotdash.stateful.json";
import { maestro } from "./maestro";
import maestroSealed from "./maestro.sealed.json";
import maestroStateful from "./maestro.stateful.json";
import { openclawPos } from "./openclaw-pos";
import openclawPosSealed from "./openclaw-pos.sealed.json";
import openclawPosStateful from "./openclaw-pos.stateful.json";
import { organization } from "./organization";
import { relay } from "./relay";
import relaySealed from "./relay.sealed.json";
import relayStateful from "./relay.stateful.json";
import { summit } from "./summit";
import summitSealed from "./summit.sealed.json";
import summitStateful from "./summit.stateful.json";

/** The list of all services, each with what is kept beside its declaration. */
export const fleet: Fleet = {
  organization,
  services: [
    { service: openclawPos, sealed: openclawPosSealed, stateful: openclawPosStateful },
    { service: relay, sealed: relaySealed, stateful: relayStateful },
    { service: summit, sealed: summitSealed, stateful: summitStateful },
    { service: maestro, sealed: maestroSealed, stateful: maestroStateful },
    { service: hotdash, sealed: hotdashSealed, stateful: hotdashStateful },
  ],
};
