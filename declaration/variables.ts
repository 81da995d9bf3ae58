import { z } from "zod";
import { matching } from "./values";

/** Environment variables of a container that are no secrets. Values are plain: what a pod shows, everybody reads. */
export const Variables = z.record(
  matching(
    /^(?!OTEL_(?:RESOURCE_ATTRIBUTES|SERVICE_NAME)$|GATEHOUSE_)[A-Za-z_]\w{0,99}$/,
    "the name of an environment variable; OTEL_RESOURCE_ATTRIBUTES, OTEL_SERVICE_NAME and GATEHOUSE_… are written by the chart",
    "rename it",
  ),
  matching(/^[^\p{Cc}]{0,1000}$/u, "a value of one line, at most 1,000 characters", "write a short value"),
);
