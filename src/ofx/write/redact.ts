/**
 * Redacted OFX text for strangers: the structure, the statuses and the institution's own data are kept; every other value is
 * reduced to its shape.
 */

/** Elements whose values reveal no person, account or amount. */
const SHOWN = new Set(
  `CODE SEVERITY VER LANGUAGE DTSERVER DTPROFUP DTACCTUP DTCLIENT DTSTART DTEND DTASOF OFXSEC TRANSPSEC SIGNONREALM SYNCMODE
  REFRESHSUPT RESPFILEER SPNAME FINAME ORG FID APPID APPVER SVCSTATUS ACCTTYPE TRNTYPE CURDEF CURSYM MIN MAX CHARTYPE CASESEN
  SPECIAL SPACES PINCH CHGPINFIRST CLIENTUIDREQ AUTHTOKENFIRST MFACHALLENGESUPT MFACHALLENGEFIRST ACCESSTOKENREQ
  CLIENTROUTING INCLUDE INCOO INCBAL INCPOS SUPTXDL XFERSRC XFERDEST USPRODUCTTYPE CHECKING AVAILACCTS CLIENTACTREQ
  MFAPHRASEID USERCRED1LABEL USERCRED2LABEL AUTHTOKENLABEL INTU.BID`.split(/\s+/),
);

/** Redacts a reply or a request with its header. Masked values keep the number and kind of their characters. */
export function redactOfx(text: string): string {
  return text.replace(/<([A-Za-z0-9.:]{1,40})>([^<\r\n]+)/g, (_, tag: string, value: string) => {
    const name = tag.toUpperCase();
    if (SHOWN.has(name)) return `<${tag}>${value}`;
    if (name === 'MESSAGE' || name === 'MESSAGE2') return `<${tag}>${withoutNumbers(value)}`;
    if (name === 'URL') return `<${tag}>${value.split(/[?#]/)[0] ?? ''}`;
    return `<${tag}>${shapeOf(value)}`;
  });
}

/** Redacts and shortens a reply in JSON: the keys are kept, values are reduced to their shape. */
export function redactJson(text: string): string {
  const masked = text.replace(/"(?:[^"\\]|\\.)*"(\s*:)?|\d+/g, (found, colon: string | undefined) =>
    colon === undefined ? shapeOf(found) : found,
  );
  return masked.slice(0, 2000);
}

/** Redacts and shortens the text of a web page. */
export function redactText(text: string): string {
  return withoutNumbers(text.replace(/\s+/g, ' ').trim()).slice(0, 2000);
}

/** Masks email addresses and numbers as long as account numbers in a message of this program; statuses and dates are kept. */
export function withoutLongNumbers(text: string): string {
  const long = /\d{6,}|\d{2,6}(?:[ -]\d{2,6}){2,}/g;
  const masked = text.replace(long, (found) =>
    found.replace(/\D/g, '').length < 9 && /\D/.test(found) ? found : found.replace(/\d/g, '9'),
  );
  return withoutAddresses(masked);
}

function withoutAddresses(text: string): string {
  // Only from the start of a word: from each of its letters takes quadratic time.
  return text.replace(/(?<![^\s@<>])[^\s@<>]+@[^\s@<>]+/g, 'x@x');
}

function withoutNumbers(text: string): string {
  return withoutAddresses(text.replace(/\d{3,}/g, (digits) => '9'.repeat(digits.length)));
}

/** Returns the text with an `x` for each letter and a 9 for each digit. */
export function shapeOf(value: string): string {
  return value
    .replace(/\p{Lu}/gu, 'X')
    .replace(/\p{L}/gu, (letter) => (letter === 'X' ? 'X' : 'x'))
    .replace(/\p{N}/gu, '9');
}
