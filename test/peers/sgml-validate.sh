#!/usr/bin/env bash
# sgml-validate.sh FILE: the <OFX>… body of an SGML request or answer against libofx's OFX 1.6 DTD. Needs opensp and libofx7.
# CLIENTUID is unknown to that DTD and is dropped first; letters beyond ASCII are none in its SGML declaration and become `?`.
D=/usr/share/libofx7/libofx/dtd
body=$(mktemp)
trap 'rm -f "$body"' EXIT
{ cat $D/ofx160.dtd; tr -d '\r' <"$1" | LC_ALL=C sed 's/[\x80-\xff]/?/g' | sed -n '/<OFX>/,$p' | sed 's/<CLIENTUID>[^<]*//'; } >"$body"
onsgmls -s -E 20 $D/opensp.dcl "$body"
