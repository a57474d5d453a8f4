/**
 * Refuses commands of `notify:` that put a message into code: a bank writes parts of it, and a shell would run what it writes.
 * A message is data only as a word of its own for a program, in the environment, or on standard input.
 */

interface CodeComplaint {
  readonly message: string;
  readonly suggestion: string;
}

/** A program that runs code, and the words that are code for it. */
interface Interpreter {
  readonly names: RegExp;
  /** Recognizes an option whose next word is code. */
  readonly code: RegExp;
  /** Options, other than those for code, whose next word is their value. */
  readonly values?: RegExp;
  /** `true`: the words after the code, or after a script file, are its arguments; `false`: they are code, too. */
  readonly hasArguments: boolean;
  /** The words after an option for code are code, too. */
  readonly joins?: true;
  /** An option whose next word is a script file, where the words would be code without it. */
  readonly file?: RegExp;
}

const INTERPRETERS: readonly Interpreter[] = [
  {
    names: /^(?:ba|z|da|k|mk|pdk|a|fi|c|tc|ya|r)?sh$/,
    code: /^(?:-[a-z]*c|--command)$/i,
    values: /^[-+][a-z]*o$/i,
    hasArguments: true,
  },
  { names: /^osascript$/, code: /^-e$/, values: /^-[ls]$/, hasArguments: true },
  { names: /^powershell$/, code: /^-c/i, hasArguments: false, file: /^-f/i },
  { names: /^pwsh$/, code: /^-(?:c|e)/i, hasArguments: true, joins: true, file: /^-f/i },
  { names: /^(?:perl|ruby)$/, code: /^-\w*e$/i, hasArguments: true },
  { names: /^(?:python[\d.]*|pypy[\d.]*)$/, code: /^-\w*c$/, values: /^-[mWX]$/, hasArguments: true },
  { names: /^(?:node|bun|deno)$/, code: /^(?:-e|-p|-pe|--eval|--print|eval)$/, hasArguments: true },
  { names: /^(?:php|lua[\d.]*)$/, code: /^-[re]$/, hasArguments: true },
  { names: /^(?:su|runuser)$/, code: /^(?:-\w*c|--command|--session-command)$/, hasArguments: false },
  { names: /^(?:cmd|ssh|eval|watch|script|tclsh|[gmn]?awk|at|batch)$/, code: /^$/, hasArguments: false },
];

/** Programs that start the one that their words name. */
const STARTERS =
  /^(?:env|sudo|doas|nice|ionice|nohup|setsid|stdbuf|timeout|time|chroot|busybox|exec|command|xargs|systemd-run|flatpak-spawn|dbus-run-session|dbus-launch|unshare|nsenter|firejail|wsl|start|parallel)$/;

const PLACEHOLDER = /\{(?:title|text)\}/;

/** Returns the problem of a command, `null` when a message is never part of code. */
export function codeComplaint(command: readonly string[]): CodeComplaint | null {
  const at = interpreterAt(command);
  if (at === null) return null;
  const program = command[at.index] ?? '';
  const words = wordsOfCode(command.slice(at.index + 1), at.interpreter);
  if (!words.some((word) => PLACEHOLDER.test(word))) return null;
  return {
    message: `{title} or {text} is part of the code that ${JSON.stringify(program)} runs, so a bank’s message could run commands`,
    suggestion:
      'take the message from the environment ($OFX_SYNC_TITLE, $OFX_SYNC_TEXT) or from standard input, or write notify: desktop',
  };
}

function interpreterAt(
  command: readonly string[],
): { readonly index: number; readonly interpreter: Interpreter } | null {
  for (const [index, word] of command.entries()) {
    const name = nameOf(word);
    const interpreter = INTERPRETERS.find(({ names }) => names.test(name));
    if (interpreter !== undefined) return { index, interpreter };
    if (index === 0 && !STARTERS.test(name)) return null;
  }
  return null;
}

function nameOf(word: string): string {
  const name = word.split(/[\\/]/).at(-1) ?? '';
  return name.toLowerCase().replace(/\.(?:exe|cmd|com)$/, '');
}

/** Returns the words that are code or decide what is run, without those that the code gets as arguments. */
function wordsOfCode(
  words: readonly string[],
  { code, values, hasArguments, joins, file }: Interpreter,
): readonly string[] {
  let hasCode = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (file?.test(word) === true) return words.slice(0, at + 2);
    if (code.test(word)) {
      if (joins === true) return words;
      hasCode = true;
      at += 1;
    } else if (values?.test(word) === true) at += 1;
    else if (word === '--') return hasArguments ? words.slice(0, hasCode ? at : at + 2) : words;
    else if (!/^[-+]./.test(word)) return hasArguments ? words.slice(0, hasCode ? at : at + 1) : words;
  }
  return words;
}
