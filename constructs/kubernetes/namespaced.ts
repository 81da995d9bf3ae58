/** What all objects in a namespace are told. */
export interface NamespacedProps {
  /** Name of the namespace, as a reference: the object is created after it. */
  readonly namespace: string;
  /** Labels by which whoever looks at the cluster knows whose the object is. */
  readonly labels: Readonly<Record<string, string>>;
}
