# The words that steps.sh is written in. What a step sees becomes a line of seen.txt, in the words of expected.txt.
# For bash 4.4 or newer with docker, or else podman, (DOCKER=NAME says which), openssl 3, curl, grep, sed and the usual small tools.

if [ -z "${DOCKER:-}" ]; then
  DOCKER=docker
  if ! type -P docker >/dev/null && type -P podman >/dev/null; then DOCKER=podman; fi
fi
run=etcd-repro-$$-$RANDOM # of everything that is started, so that several can run side by side
work=$PWD/work.${run#etcd-repro-} # a copy of this folder
# The engine cannot mount a folder with a colon in its path.
case $PWD in *:*) work=${TMPDIR:-/tmp}/${work##*/} ;; esac

cannot_tell() {
  echo "CANNOT TELL: $*"
  exit 2
}

saw() { printf '%s\n' "$*" | tee -a seen.txt; }

# ---- before: what is needed, a network, a copy of this folder -------------------------------------------------------

need() {
  local command
  for command in "$@"; do
    type -P "$command" >/dev/null || cannot_tell "the command $command is missing"
  done
  "$DOCKER" version >/dev/null 2>&1 || cannot_tell "$DOCKER does not answer; is the engine running, and may you use it?"
}

# need_image IMAGE HINT: it is here, or can be pulled where the hint is "pull"
need_image() {
  "$DOCKER" image inspect "$1" >/dev/null 2>&1 && return
  if [ "$2" = pull ]; then
    echo "pulling $1"
    "$DOCKER" pull -q "$1" && return
    cannot_tell "the image $1 is not here and cannot be pulled"
  fi
  cannot_tell "the image $1 is not here; $2"
}

# need_other_images: upstream's, where a DNS or a discovery service is played; COREDNS=IMAGE, SERVICE=IMAGE name others
need_other_images() {
  [ -z "${SERVICE:-}" ] || need_image "$SERVICE" pull
  [ -d given/dns ] || return 0
  if [ -z "${COREDNS:-}" ]; then
    COREDNS=$("$DOCKER" images -q "$COREDNS_KEPT" 2>/dev/null)
    COREDNS=${COREDNS:-$COREDNS_OFFICIAL}
  fi
  need_image "$COREDNS" pull
}

# guarded COMMAND: runs it in a process group of its own; everything of it goes when it ends, or when this shell is told to.
# This shell does nothing but wait: bash 5.2 may lose a signal that comes while it reads a command substitution.
guarded() {
  local stopped='' status
  trap 'stopped=130; end_group "${!-}"' INT
  trap 'stopped=143; end_group "${!-}"' TERM
  trap 'stopped=129; end_group "${!-}"' HUP
  trap 'stopped=131; end_group "${!-}"' QUIT
  echo "its containers and its network: $run"
  exec 7>&2 2>/dev/null # a shell with jobs says which signal ended one
  set -m
  (
    set +m
    "$@"
  ) </dev/null 2>&7 7>&- &
  set +m
  [ -z "$stopped" ] || end_group "$!"
  while
    wait "$!"
    status=$?
    kill -0 "$!"
  do :; done
  end_group "$!"
  exec 2>&7 7>&-
  clean_up "${stopped:-$status}"
  [ -z "$stopped" ] || exit "$stopped"
  [ "$status" -lt 128 ] || cannot_tell "its shell was ended by signal $((status - 128))"
  exit "$status"
}

end_group() { kill -KILL -- "-$1"; } 2>/dev/null

# The files here speak of the addresses $1.x. Where that network is taken, the copy that is played has others.
make_copy() {
  local net=$1 reason='' n
  for ((n = 0; n < 50; n++)); do
    reason=$("$DOCKER" network create --label "etcd-repro=$run" --subnet "$net.0/24" "$run" 2>&1 >/dev/null) && break
    grep -qiE 'overlap|already used|in use|conflict' <<<"$reason" || break
    net=10.$((RANDOM % 100 + 140)).$((RANDOM % 256))
  done
  "$DOCKER" network inspect "$run" >/dev/null 2>&1 || cannot_tell "no network could be made: $reason"
  mkdir -m 700 "$work" || cannot_tell "nothing can be written into ${work%/*}"
  local backwards=${net##*.}.${net#*.}
  backwards=${backwards%.*}.${net%%.*}
  local first=${1//./\\.} last=${1##*.}.${1#*.}
  last=${last%.*}.${1%%.*}
  local part
  for part in certificates.sh steps.sh expected.txt given other; do
    if [ -e "$part" ]; then cp -r "$part" "$work"; fi
  done
  cd "$work" || cannot_tell "$work is gone"
  find . -type f -exec sed -i "s/\b$first\./$net./g; s/\.${last//./\\.}\b/.$backwards/g" {} +
  : >seen.txt
}

# make_certificates: new keys, by openssl alone
make_certificates() {
  bash -e -u ./certificates.sh >certificates.log 2>&1 || cannot_tell "openssl: $(tail -n 1 certificates.log)"
}

# clean_up STATUS: removes what was started
clean_up() {
  trap '' INT TERM HUP QUIT
  local n ids
  # A start that was interrupted (neither SAME nor DIFFERENT) may come to its end a moment later.
  for n in 1 2 3 4 5 6 7 8 9 10; do
    ids=$("$DOCKER" ps -aq --filter "label=etcd-repro=$run")
    [ -z "$ids" ] || "$DOCKER" rm -f -v $ids
    [ "$n" = 1 ] && [ "$1" -gt 1 ] && sleep 1 && continue
    "$DOCKER" network rm "$run" && break
    "$DOCKER" network inspect "$run" || break
    sleep 0.5
  done
  rm -rf "$work"
} >/dev/null 2>&1

# ---- processes ------------------------------------------------------------------------------------------------------

# start NAME FOLDER [options of docker run] -- [arguments of etcd]: an etcd with the files of the folder
start() {
  local name=$1 folder=$2 options=()
  shift 2
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  shift
  "$DOCKER" run -d --name "$run-$name" --label "etcd-repro=$run" --user 0:0 -v "$PWD/$folder:/etc/etcd-tls:ro,z" \
    "${options[@]}" --entrypoint "$ETCD" "$IMAGE" "$@" >/dev/null || cannot_tell "$name cannot be started"
}

# start_dns FOLDER ADDRESS: CoreDNS with its zone, which logs every question; all that is started later asks it
start_dns() {
  "$DOCKER" run -d --name "$run-dns" --label "etcd-repro=$run" --network "$run" --ip "$2" \
    -v "$PWD/$1:/etc/coredns:ro,z" --entrypoint /coredns "$COREDNS" -conf /etc/coredns/Corefile >/dev/null ||
    cannot_tell "the DNS cannot be started"
}

# relay NAME ADDRESS TARGET PORT: what is sent to ADDRESS:PORT goes on to TARGET from there (etcd's own gateway)
relay() {
  local n
  remove "$1"
  "$DOCKER" run -d --name "$run-$1" --label "etcd-repro=$run" --network "$run" --ip "$2" --entrypoint "$ETCD" \
    "${TOOLS:-$IMAGE}" gateway start "--endpoints=$3" "--listen-addr=0.0.0.0:$4" >/dev/null || cannot_tell "$1 cannot be started"
  for ((n = 0; n < 100; n++)); do
    logs "$1" | grep -q 'ready to proxy client requests' && return
    sleep 0.1
  done
  cannot_tell "the gateway at $2 does not serve; TOOLS=IMAGE names another etcd for it"
}

logs() { "$DOCKER" logs "$run-$1" 2>&1; }
runs() { [ "$("$DOCKER" inspect -f '{{.State.Running}}' "$run-$1")" = true ]; }
remove() {
  local name
  for name in "$@"; do "$DOCKER" rm -f -v "$run-$name" >/dev/null 2>&1; done
}

# pause NAME…, unpause NAME…: these stand still
pause() {
  local name
  for name in "$@"; do "$DOCKER" pause "$run-$name" >/dev/null || cannot_tell "$name cannot be paused"; done
}
unpause() {
  local name
  for name in "$@"; do "$DOCKER" unpause "$run-$name" >/dev/null || cannot_tell "$name cannot go on"; done
}

# comes_up NAME SECONDS: it says that it serves, and has not ended
comes_up() {
  local n
  for ((n = 0; n < $2 * 4; n++)); do
    if logs "$1" | grep -q -e 'ready to serve client requests' -e 'v2 proxy started'; then
      runs "$1"
      return
    fi
    runs "$1" || return
    sleep 0.25
  done
  return 1
}

# ready NAME…: these must serve, or nothing can be asked of them
ready() {
  local name
  for name in "$@"; do
    comes_up "$name" 20 && continue
    logs "$name" | tail -n 5
    cannot_tell "$name does not serve; its last words are above"
  done
}

# state NAME [SECONDS]: serves and goes on for a second, has ended, or neither within the time
state() {
  if comes_up "$1" "${2:-20}" && sleep 1 && runs "$1"; then
    saw "$1: it serves"
  elif runs "$1"; then
    saw "$1: it does not serve"
  else
    saw "$1: it ends, exit $("$DOCKER" inspect -f '{{.State.ExitCode}}' "$run-$1")"
  fi
}

# serves NAME SECONDS
serves() { if comes_up "$1" "$2"; then saw "$1: it serves"; else saw "$1: it does not serve"; fi; }

# ---- log ------------------------------------------------------------------------------------------------------------

declare -A mark
# from_now NAME…: what is looked for in these logs must come after this
from_now() {
  local name
  for name in "$@"; do mark[$name]=$(logs "$name" | wc -l); done
}

# log_says NAME TEXT [SECONDS]
log_says() {
  local n
  for ((n = 0; n < ${3:-3} * 5; n++)); do
    if logs "$1" | tail -n "+$((${mark[$1]:-0} + 1))" | grep -qF -- "$2"; then
      saw "log of $1: $2"
      return
    fi
    sleep 0.2
  done
  saw "log of $1: nothing of: $2"
}

# dns_asked QUESTION: as "A b.com.", since from_now dns
dns_asked() {
  local n
  for n in 1 2 3 4 5; do
    if logs dns | tail -n "+$((${mark[dns]:-0} + 1))" | grep -F etcd-tls-query | grep -qiF -- " $1 "; then
      saw "dns: asked for $1"
      return
    fi
    sleep 0.2
  done
  saw "dns: not asked for $1"
}

# ---- clients --------------------------------------------------------------------------------------------------------

# ask WHAT curl [options]: the status of the answer, or how it ended without one
ask() {
  local what=$1 status code
  shift 2
  # Of two requests it is the last whose answer counts: what is said of that comes last.
  status=$(curl -q -sSv --noproxy '*' --max-time 30 "$@" -o answer.txt -w '%{http_code}' 2>error.txt)
  code=$?
  grep -q '[^0]' <<<"$status" && {
    saw "$what: HTTP $status"
    return
  }
  # Some alerts of the other side look to curl as if it had refused itself.
  if [ "$code" = 35 ] || [ "$code" = 60 ]; then
    grep -qE '^[*] TLSv[0-9.]+ [(]IN[)], TLS alert' error.txt && code=56
    grep -qiE '^curl: .*(alert|SYSCALL|reset|unexpected eof)' error.txt && code=56
  fi
  # A Go before 1.12 answers a request in clear with an alert, which curl takes for an answer without a head.
  if [ "$code" = 1 ] && grep -q '^curl: .*HTTP/0[.]9' error.txt; then code=56; fi
  case $code in
    16 | 18 | 52 | 55 | 56) saw "$what: no answer, the connection is ended" ;;
    51 | 60 | 83 | 90 | 91) saw "$what: curl turns the server away, exit $code" ;;
    *) cannot_tell "$what: $(grep '^curl:' error.txt || echo "curl ends with exit $code")" ;;
  esac
}

# has WHAT TEXT: in the answer of the last step; says WHAT TEXT: in what the client said beside it
has() { if grep -qF -- "$2" answer.txt; then saw "$1: its answer has: $2"; else saw "$1: its answer has not: $2"; fi; }
says() { if grep -qiF -- "$2" error.txt; then saw "$1: the client says: $2"; else saw "$1: the client does not say: $2"; fi; }

# spoke WHAT [suite]: TLS version, and the suite, of the last curl
spoke() {
  local said
  said=$(sed -n 's/^\* SSL connection using \([^ ]*\) \/ \([^ ]*\).*/\1 \2/p' error.txt | head -n 1)
  [ "${2:-}" = suite ] || said=${said%% *}
  saw "$1: ${said:-no TLS}"
}

# alert WHAT openssl s_client [options]: the alert that etcd sends. Nothing is sent after the handshake: what etcd
# does not read any more would reset the connection, and the alert could be lost.
alert() {
  local what=$1 number
  shift
  timeout 5 "$@" -ign_eof </dev/null >answer.txt 2>&1
  number=$(sed -n 's/.*SSL alert number \([0-9]*\).*/\1/p' answer.txt | head -n 1)
  if [ -n "$number" ]; then
    saw "$what: alert $number"
  elif grep -q 'written 0 bytes' answer.txt || ! grep -q '^CONNECTED' answer.txt; then
    cannot_tell "$what: openssl: $(grep -iE 'error|errno|unknown option' answer.txt | head -n 1)"
  else
    saw "$what: no alert"
  fi
}

# shows WHAT FILE openssl s_client [options]: whether etcd shows the certificate in FILE
shows() {
  local what=$1 file=$2 seen
  shift 2
  seen=$(timeout 5 "$@" </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256 2>/dev/null)
  [ -n "$seen" ] || cannot_tell "$what: openssl is shown no certificate"
  if [ "$seen" = "$(openssl x509 -in "$file" -noout -fingerprint -sha256)" ]; then
    saw "$what: etcd shows $file"
  else
    saw "$what: etcd shows another certificate than $file"
  fi
}

# certificate FILE openssl s_client [options]: keeps the certificate that etcd shows
certificate() {
  local file=$1
  shift
  timeout 5 "$@" </dev/null 2>/dev/null | openssl x509 -out "$file" 2>/dev/null || cannot_tell "openssl is shown no certificate"
}

# made_alone WHAT FILE OTHER FILE: whether the certificate in the first file, and that of OTHER in the second, are their
# own issuers, by their signatures, and whether their keys differ
made_alone() {
  if signed_itself "$2" && signed_itself "$4"; then
    saw "$1: its certificate is signed with its own key, as is that of $3"
  else
    saw "$1: its certificate, or that of $3, is not signed with its own key"
  fi
  if [ "$(openssl x509 -in "$2" -noout -pubkey)" = "$(openssl x509 -in "$4" -noout -pubkey)" ]; then
    saw "$1: its key is that of $3"
  else
    saw "$1: its key is another than that of $3"
  fi
}

# By hand: openssl verify asks for the right to sign certificates, which a certificate that etcd makes does not give itself.
signed_itself() {
  local at digest
  [ "$(openssl x509 -in "$1" -noout -issuer | sed 's/^issuer//')" = "$(openssl x509 -in "$1" -noout -subject | sed 's/^subject//')" ] || return 1
  at=$(openssl asn1parse -in "$1" | tail -n 1 | sed 's/:.*//') # the signature comes last (RFC 5280 4.1)
  digest=$(openssl x509 -in "$1" -noout -text | sed -n 's/.*Signature Algorithm: .*\(SHA[0-9]*\).*/\1/Ip' | head -n 1)
  openssl asn1parse -in "$1" -strparse 4 -noout -out "$1.signed" >/dev/null &&
    openssl asn1parse -in "$1" -strparse "$at" -noout -out "$1.signature" >/dev/null &&
    openssl x509 -in "$1" -noout -pubkey >"$1.key" &&
    openssl dgst "-${digest,,}" -verify "$1.key" -signature "$1.signature" "$1.signed" >/dev/null 2>&1
}

# names WHAT openssl s_client [options]: the names of the certificate that etcd shows
names() {
  local what=$1
  shift
  timeout 5 "$@" </dev/null 2>/dev/null | openssl x509 -noout -ext subjectAltName >answer.txt 2>/dev/null
  saw "$what: a certificate for $(tail -n +2 answer.txt | tr ',' '\n' | sed 's/^ *//; s/ *$//' | sort | paste -sd, | sed 's/,/, /g')"
}

# hello WHAT ADDRESS PORT FILE: the bytes of a ClientHello, in hexadecimal, are sent as they are; then the first record
# that comes back is read (RFC 8446 5.1, 4.1.3): an alert, or a ServerHello with version and suite
hello() {
  local what=$1 bytes head body id version
  bytes=$(sed 's/#.*//' "$4" | tr -d ' \n' | sed 's/../\\x&/g')
  exec 3<>"/dev/tcp/$2/$3" || cannot_tell "$what: $2:$3 cannot be reached"
  printf '%b' "$bytes" >&3
  head=$(timeout 5 head -c 5 <&3 | od -An -v -tx1 | tr -d ' \n')
  [ ${#head} = 10 ] && body=$(timeout 5 head -c $((16#${head:6:4})) <&3 | od -An -v -tx1 | tr -d ' \n')
  exec 3>&-
  case ${head:0:2}${body:0:2} in
    15*) saw "$what: alert $((16#${body:2:2}))" ;;
    1602)
      id=$((78 + 2 * 16#${body:76:2}))
      version=${body:8:4}
      [[ ${body:id} == *002b00020304* ]] && version=0304
      saw "$what: version $version, suite ${body:id:4}"
      ;;
    '') saw "$what: no answer, the connection is ended" ;;
    *) cannot_tell "$what: no TLS record came back" ;;
  esac
}

# ctl WHAT NAME etcdctl [arguments]: the build's own etcdctl, in the network namespace of NAME, or in one of its own where
# NAME is "alone"; docker options for it are in the array ctl_options
ctl_options=()
ctl() {
  local what=$1 name=$2 code
  shift 3
  beside "$name" "$@"
  code=$?
  if [ $code = 0 ]; then
    saw "$what: etcdctl is answered"
  else
    saw "$what: etcdctl fails"
    sed 's/^/    /' error.txt | tail -n 1
  fi
}

beside() {
  local network=container:$run-$1 code
  [ "$1" = alone ] && network=$run
  shift
  "$DOCKER" run --rm --label "etcd-repro=$run" --network "$network" --user 0:0 -v "$PWD:/w:ro,z" -w /w \
    "${ctl_options[@]}" --entrypoint "$ETCDCTL" "${TOOLS:-$IMAGE}" "$@" >answer.txt 2>error.txt
  code=$?
  case $code in 125 | 126 | 127) cannot_tell "etcdctl cannot be run; TOOLS=IMAGE names another one with it: $(grep -m 1 . error.txt)" ;; esac
  return $code
}

# withdraw NAME URL etcdctl [options]: the member that is announced at URL is taken off the list
withdraw() {
  local name=$1 url=$2 id
  shift 3
  beside "$name" "$@" member list || cannot_tell "no list of $name: $(tail -n 1 error.txt)"
  id=$(grep -F -- "$url" answer.txt | sed 's/[,:[].*//' | head -n 1)
  beside "$name" "$@" member remove "$id" || cannot_tell "$url is not taken off the list: $(tail -n 1 error.txt)"
}

# listen openssl s_server [options]: a listener of ours, which asks for a certificate and prints it
listen() {
  [ -z "${listener:-}" ] || kill "$listener" 2>/dev/null
  # A pipe in which nothing comes: at the end of its input openssl would end, too.
  [ -p nothing ] || mkfifo nothing
  exec 8<>nothing
  "$@" <&8 >dialled.txt 2>&1 &
  listener=$!
}

# dialled NAME FILE: whether it shows the certificate in FILE when it dials the listener
dialled() {
  local n seen
  for ((n = 0; n < 30; n++)); do
    seen=$(openssl x509 -in dialled.txt -noout -fingerprint -sha256 2>/dev/null) && break
    kill -0 "$listener" 2>/dev/null || cannot_tell "no listener: $(tail -n 1 dialled.txt)"
    sleep 0.5
  done
  if [ -z "$seen" ]; then
    saw "$1: it does not dial"
  elif [ "$seen" = "$(openssl x509 -in "$2" -noout -fingerprint -sha256)" ]; then
    saw "$1: it shows $2"
  else
    saw "$1: it shows another certificate than $2"
  fi
}

# restart NAME: the same process again, with the same data
restart() {
  "$DOCKER" restart "$run-$1" >/dev/null || cannot_tell "$1 does not start again"
  from_now "$1"
  ready "$1"
}

# until_over FILE: until the certificate in it is out of date; it was made for a minute
until_over() {
  while openssl x509 -in "$1" -noout -checkend 0 >/dev/null; do sleep 1; done
}

# hold openssl s_client [options]: a connection that stays open; it sends what is written into a pipe
hold() {
  mkfifo held
  exec 9<>held
  "$@" -quiet <&9 >held.txt 2>/dev/null &
  holder=$!
}

answered() { grep -ao 'HTTP/1[.]1 [0-9][0-9][0-9]' held.txt; }

# over_held REQUEST-LINE HOST BODY: the request over the open connection; the answer's status comes to be in $status
over_held() {
  local n before
  before=$(answered | wc -l)
  printf '%s\r\nHost: %s\r\nContent-Length: %s\r\n\r\n%s' "$1 HTTP/1.1" "$2" "${#3}" "$3" >&9
  status='no answer'
  for ((n = 0; n < 25; n++)); do
    if [ "$(answered | wc -l)" -gt "$before" ]; then
      status="HTTP $(answered | tail -n 1 | cut -d ' ' -f 2)"
      return
    fi
    kill -0 "$holder" 2>/dev/null || return
    sleep 0.2
  done
}

# use WHAT METHOD PATH HOST
use() {
  over_held "$2 $3" "$4" ''
  host=$4
  saw "$1: $status"
}

# watch NAME PATH etcdctl [options]: a watch on a key beside NAME that stays open; PATH writes keys over HTTP
watch() {
  watched=$1 put=$2
  shift 3
  "$DOCKER" run -d --name "$run-watch" --label "etcd-repro=$run" --network "container:$run-$watched" --user 0:0 \
    -v "$PWD:/w:ro,z" -w /w --entrypoint "$ETCDCTL" "${TOOLS:-$IMAGE}" "$@" watch held >/dev/null ||
    cannot_tell "no watch can be started"
}

# tells WHAT: a key is written over the open connection, and the watch tells of it. The first watch takes a moment.
tells() {
  local n value
  for ((n = 0; n < 10; n++)); do
    value=value-$RANDOM$RANDOM
    over_held "POST $put" "$host" "{\"key\":\"aGVsZA==\",\"value\":\"$(printf %s "$value" | base64)\"}"
    sleep 0.3
    if logs watch | grep -qF "$value"; then
      saw "$1: the watch tells of a key"
      return
    fi
  done
  saw "$1: the watch tells nothing"
}

# must STEP…: a step of the setup; what comes after would mean nothing without it.
# must while_saying TEXT STEP…: again as long as the answer has TEXT, for five seconds
must() {
  local last n=0 text=
  if [ "$1" = while_saying ]; then
    text=$2
    shift 2
  fi
  "$@"
  while [ -n "$text" ] && [ $((n++)) -lt 25 ] && grep -qF -- "$text" answer.txt; do
    sed -i '$d' seen.txt
    sleep 0.2
    "$@"
  done
  last=$(tail -n 1 seen.txt)
  case $last in
    *': HTTP 2'* | *': etcdctl is answered') sed -i '$d' seen.txt ;;
    *) cannot_tell "the setup fails: $last" ;;
  esac
}

# ---- the end --------------------------------------------------------------------------------------------------------

conclude() {
  echo
  if [ ! -s seen.txt ] || [ ! -s expected.txt ]; then cannot_tell "nothing was seen"; fi
  if [ "$(cat seen.txt)" = "$(cat expected.txt)" ]; then
    echo SAME
    exit 0
  fi
  echo "expected:"
  sed 's/^/  /' expected.txt
  echo "seen:"
  sed 's/^/  /' seen.txt
  echo DIFFERENT
  exit 1
}
