/** A service's file of sealed values, below the platform's root. */
export function sealedPath(service: string): string {
  return `services/${service}.sealed.json`;
}

/** The file of a stage's SealedSecret, below the platform's root. */
export function sealedSecretPath({ service, stage }: { readonly service: string; readonly stage: string }): string {
  return `services/${service}.${stage}.sealed-secret.json`;
}
