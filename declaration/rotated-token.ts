/** What the tokens are called that `gatehouse rotate` makes: of this service, environment and key alone. */
export function rotatedTokenName(service: string, environment: string, key: string): string {
  return `gatehouse ${service} ${environment} ${key}`;
}
