import { Construct } from "constructs";
import { literal } from "../literal";
import { Folder } from "./resources/folder";

export interface ServiceFolderProps {
  /** At most 40 of A–Z, a–z, 0–9, - and _. Another uid is another folder. */
  readonly uid: string;
  /** As Grafana shows it. */
  readonly title: string;
}

/**
 * The folder of a service's dashboards and rules in one stage. It holds nothing that Terraform couldn't make again, except
 * what others have put into it: while there is such a thing, it can't be destroyed (Grafana ≥ 10.2).
 */
export class ServiceFolder extends Construct {
  /** Uid as a reference: what uses it is made after the folder. */
  readonly folderUid: string;

  constructor(scope: Construct, id: string, props: ServiceFolderProps) {
    super(scope, id);
    const folder = new Folder(this, "Default", {
      uid: props.uid,
      title: literal(props.title),
      preventDestroyIfNotEmpty: true,
    });
    this.folderUid = folder.uid;
  }
}
