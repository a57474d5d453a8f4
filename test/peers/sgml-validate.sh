#!/usr/bin/env bash
# sgml-validate.sh FILE: the <OFX>… body of an SGML request or answer against libofx's OFX 1.6 DTD. Needs opensp and libofx7.
# CLIENTUID is unknown to that DTD and is dropped first.
D=/usr/share/libofx7/libofx/dtd
body=$(mktemp)
trap 'rm -f "$body"' EXIT
{ cat $D/ofx160.dtd; tr -d '\r' <"$1" | sed -n '/<OFX>/,$p' | sed 's/<CLIENTUID>[^<]*//'; } >"$body"
SP_ENCODING=${SP_ENCODING:-UTF-8} onsgmls -s -E 20 $D/opensp.dcl "$body"
