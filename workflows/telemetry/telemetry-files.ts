import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";
import type { RenderedFile } from "../rendered-file";
import { collectorFile } from "./collector-file";
import { measuredService } from "./measured-service";
import { scrapeFile } from "./scrape-file";

/** What whoever runs collector and Prometheus needs for a service; nothing for a service without `edge.metrics`. */
export function telemetryFiles(service: Service, organization: Organization): readonly RenderedFile[] {
  const measured = measuredService(service, organization);
  return measured === undefined ? [] : [collectorFile(measured), scrapeFile(measured)];
}
