/**
 * Why a path can't be that of a file which Gatehouse writes into a repository; undefined when it can. Git itself refuses most of these, on some
 * systems only: https://git-scm.com/docs/git-config#Documentation/git-config.txt-coreprotectNTFS
 */
export function pathProblem(path: string): string | undefined {
  const parts = path.split("/");
  if (path.startsWith("/") || parts.includes("..")) return "leads out of the repository";
  if (parts.some((part) => part === "" || part === ".")) return "has an empty part";
  if (/[\p{Cc}\p{Cf}\\:]/u.test(path)) return "has a character that some systems don't allow";
  if (parts.some((part) => /^(?:\.git|git~1)[. ]*$/i.test(part))) return "lies in Git's own directory";
  return undefined;
}
