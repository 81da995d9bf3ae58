import type { Fleet } from "../declaration/fleet";
import { openclawPos } from "./openclaw-pos";
import openclawPosSealed from "./openclaw-pos.sealed.json";
import openclawPosStateful from "./openclaw-pos.stateful.json";
import { organization } from "./organization";
import { relay } from "./relay";
import relaySealed from "./relay.sealed.json";
import relayStateful from "./relay.stateful.json";

/** The list of all services, each with what is kept beside its declaration. */
export const fleet: Fleet = {
  organization,
  services: [
    { service: openclawPos, sealed: openclawPosSealed, stateful: openclawPosStateful },
    { service: relay, sealed: relaySealed, stateful: relayStateful },
  ],
};
