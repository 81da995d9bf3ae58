/** Whether the IANA database has a time zone of that name. https://www.iana.org/time-zones */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
