/** One line of text with something for every format it may end up in: YAML, Markdown, HTML, shell, GitHub's expressions and commands. */
export const HOSTILE =
  "\u00bbq\u00fcote\u00ab \"d\" 'c' `t` : # | & <script>alert(1)</script> <!-- --> *b* _i_ [l](javascript:x) ![i](x) ~s~ $(id) ${{ secrets.TOKEN }} %0A::error:: @everyone \\ \u{1f600} {a: [b]} https://example.com/x?y=1 \u200b\ufeff";
