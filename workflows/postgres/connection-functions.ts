/** How psql is called: without a file of the user's, and ending at the first error. */
export const CONNECTION_OPTIONS = `
readonly PSQL=(--no-psqlrc --quiet --no-password --tuples-only --no-align --set ON_ERROR_STOP=1)
`;

/**
 * A URL becomes an entry of a service file that only this user can read: an argument would be seen in the list of processes, by everybody.
 * https://www.postgresql.org/docs/current/libpq-pgservice.html
 */
export const CONNECTION_FUNCTIONS = String.raw`
${CONNECTION_OPTIONS.trim()}

# decode TEXT: percent-encoding, into the variable decoded.
decode() {
  local text=$\{1//\\/\\\\}
  printf -v decoded '%b' "$\{text//%/\\x}"
}

# setting KEY VALUE: one line of a service file. Nothing but a line break could begin another one.
setting() {
  [[ $2 != *[[:cntrl:]]* && $2 != *[[:space:]] && $\{#2} -lt 900 ]] ||
    die "$variable has a $1 with a control character, a space at its end or more than 900 characters; libpq's service files can't hold it"
  printf '%s=%s\n' "$1" "$2" >>"$work/services"
}

# write_service NAME VARIABLE: the URL in the environment variable, as a service; its database's name into the variable database.
write_service() {
  local name=$1 variable=$2 url=$\{!2:-} rest query='' login host port='' pair key mode='' decoded
  [[ -n $url ]] || die "$variable is not set; set it to the URL of the database (postgresql://user:password@host:port/database)"
  [[ $url == postgres://* || $url == postgresql://* ]] || die "$variable is not the URL of a Postgres database (postgresql://user:password@host:port/database)"
  rest=$\{url#*://}
  if [[ $rest == *\?* ]]; then
    query=$\{rest#*\?}
    rest=$\{rest%%\?*}
  fi
  [[ $rest == */?* ]] || die "$variable names no database; it ends with /<database>"
  printf '[%s]\n' "$name" >>"$work/services"
  decode "$\{rest#*/}"
  database=$decoded
  setting dbname "$database"
  rest=$\{rest%%/*}
  if [[ $rest == *@* ]]; then
    login=$\{rest%@*}
    rest=$\{rest##*@}
    decode "$\{login%%:*}"
    setting user "$decoded"
    if [[ $login == *:* ]]; then
      decode "$\{login#*:}"
      setting password "$decoded"
    fi
  fi
  [[ $rest != *,* ]] || die "$variable names several servers; name one"
  if [[ $rest =~ ^\[([0-9a-fA-F:.]+)\](:([0-9]+))?$ ]]; then
    host=$\{BASH_REMATCH[1]}
    port=$\{BASH_REMATCH[3]}
  else
    host=$\{rest%%:*}
    [[ $rest != *:* ]] || port=$\{rest#*:}
  fi
  decode "$host"
  host=$decoded
  while [[ -n $query ]]; do
    pair=$\{query%%&*}
    if [[ $query == *\&* ]]; then query=$\{query#*&}; else query=; fi
    key=$\{pair%%=*}
    [[ $key =~ ^[a-z_]+$ && $key != service ]] || die "$variable has a parameter that libpq does not know; remove it"
    decode "$\{pair#*=}"
    case $key in
      host) host=$decoded ;;
      port) port=$decoded ;;
      sslmode) mode=$decoded ;;
      *) setting "$key" "$decoded" ;;
    esac
  done
  [[ -n $host ]] || die "$variable names no server"
  setting host "$host"
  setting port "$\{port:-5432}"
  # Over a network only encrypted: libpq's own default would go on in clear when the server offers no TLS.
  case $host in
    /* | localhost | 127.* | ::1) mode=$\{mode:-prefer} ;;
    *)
      mode=$\{mode:-require}
      [[ $mode == require || $mode == verify-* ]] || die "$variable has sslmode=$mode, which allows data and password in clear; write sslmode=require or verify-full"
      ;;
  esac
  setting sslmode "$mode"
  setting connect_timeout 20
}
`;
