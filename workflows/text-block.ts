/** Subjects of commits, names of files, output of programs: in a code block of Markdown, which nothing in the text can close. */
export const TEXT_BLOCK = String.raw`
# What others wrote is shown in a block, where it mentions nobody and links nowhere.
block() { printf '~~~~~~text\n%s\n~~~~~~\n\n' "$(sed 's/~~~~*/~/g')"; }
`;
