#!/usr/bin/env bash
# sms-spool: a GSM modem's SMS by the folders of SMS Server Tools 3 (Debian: smstools). Needs bash and jq.
#
# What comes in is a file in INCOMING: headers (From: 989121234567), an empty line, the text. What goes out is put into OUTGOING
# in the same form, under a name that tells an attempt from a message.
set -u

declare -A unacked=()
seq=0 credit=0 later=0 buffer= incoming= outgoing= taken=

say() { printf '%s\n' "$1"; }
log() { printf '%s\n' "$1" >&2; }

give_up() {
    log "E! $1"
    exit 78
}

# 1: the line, 2: what of it
of() { jq -r "$2" <<<"$1"; }

start() {
    local folders
    folders=$(jq -r '.config | [.incoming, .outgoing, .taken] | if all(type == "string" and startswith("/")) then .[] else empty end' <<<"$1")
    [ -n "$folders" ] || give_up "config needs incoming, outgoing and taken, each an absolute path"
    { read -r incoming; read -r outgoing; read -r taken; } <<<"$folders"
    mkdir -p "$incoming" "$outgoing" "$taken" || give_up "the folders cannot be made"
    credit=$(of "$1" .credit)
}

# One file of INCOMING, as a deliver line; jq reads it raw, so every byte of the text comes through. (Not with -R: jq 1.6 cuts
# letters in two where its buffer ends.)
bring() {
    seq=$((seq + 1))
    unacked[$seq]=$1
    jq -cn --arg name "$1" --argjson seq "$seq" --rawfile file "$incoming/$1" '
        $file | split("\n\n") | (.[0] | split("\n") | map(capture("^From: *(?<n>[+0-9]+)") | .n) | first) as $from
        | (.[1:] | join("\n\n") | .[:100000]) as $text
        | ("+" + ($from // "" | ltrimstr("+"))) as $number
        | {type: "deliver", seq: $seq, cursor: $name, messages: [{
            external_id: $name, conversation: $number, text: $text, sender: {kind: "tel", id: $number}}]}
    '
}

look() {
    local file name
    [ -n "$incoming" ] && [ "$SECONDS" -ge "$later" ] || return 0
    for file in "$incoming"/*; do
        name=${file##*/}
        [ -f "$file" ] && [[ $name != .* && $name != *.part ]] || continue
        [ "${#unacked[@]}" -lt "$credit" ] || return 0
        [[ " ${unacked[*]} " == *" $name "* ]] || bring "$name"
    done
}

send() {
    local id number folder
    id=hamdel-$(of "$1" .id)
    number=$(of "$1" '.conversation // .to[0].id // "" | ltrimstr("+")')
    if [[ ! $number =~ ^[0-9]{5,15}$ ]]; then
        jq -c '{type: "result", id, status: "rejected", code: "bad_address", detail: "no number to send to"}' <<<"$1"
        return
    fi
    # Wherever smsd has put it meanwhile: it went out, or will, at an earlier attempt.
    for folder in "$outgoing" "${outgoing%/*}"/{checked,sent,failed}; do
        [ -e "$folder/$id" ] && { jq -c '{type: "result", id, status: "queued", external_id: .id}' <<<"$1"; return; }
    done
    jq -j --arg number "$number" '"To: \($number)\nAlphabet: UTF-8\n\n" + .text' <<<"$1" >"$outgoing/.$id.part" &&
        mv "$outgoing/.$id.part" "$outgoing/$id" &&
        jq -c '{type: "result", id, status: "queued", external_id: .id}' <<<"$1" ||
        jq -c '{type: "result", id, status: "retry", retry_after_ms: 60000, detail: "the outgoing folder cannot be written"}' <<<"$1"
}

take() {
    local number
    case $(of "$1" .type) in
    hello)
        [ "$(of "$1" '.protocol | index(1) != null')" = true ] || give_up "this adapter speaks version 1 of hamdel-channel"
        say '{"type":"hello","protocol":1,"adapter":{"name":"sms-spool","version":"1"},"capabilities":{"idempotent_send":true,"attachments":false,"conversations":"perpetual","senders":"everywhere","max_text_bytes":30000},"config_schema":{"required":["incoming","outgoing","taken"],"properties":{"incoming":{"type":"string"},"outgoing":{"type":"string"},"taken":{"type":"string"}}}}'
        ;;
    start) start "$1" ;;
    ack)
        number=$(of "$1" .seq)
        mv "$incoming/${unacked[$number]}" "$taken/" || log "W! ${unacked[$number]} cannot be moved; it will come again"
        unset "unacked[$number]"
        ;;
    nack)
        unset "unacked[$(of "$1" .seq)]"
        later=$((SECONDS + 1 + ($(of "$1" '.retry_after_ms // 1000') + 999) / 1000))
        ;;
    send) send "$1" ;;
    ping) jq -c '{type: "pong", n}' <<<"$1" ;;
    stop) exit 0 ;;
    esac
}

while :; do
    # A line that is not whole when the time is over is gone on with.
    if IFS= read -r -t 0.3 part; then
        line=$buffer$part buffer=
        take "$line"
    elif [ $? -gt 128 ]; then
        buffer+=$part
    else
        exit 0
    fi
    look
done
