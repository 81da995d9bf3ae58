/** Where entries are kept: objects by name, that nobody can write over. */
export interface AuditStore {
  /** For messages. */
  readonly where: string;
  /** Names of all objects, in order. */
  names(signal?: AbortSignal): Promise<readonly string[]>;
  read(name: string, signal?: AbortSignal): Promise<Buffer>;
  /**
   * Puts an object there, whole or not at all; false when the name is taken already.
   * @throws Failure when it could not be put there
   */
  create(name: string, bytes: Buffer, signal?: AbortSignal): Promise<boolean>;
}
