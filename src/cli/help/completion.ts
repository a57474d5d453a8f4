/**
 * Completion for bash, zsh and fish, generated from the command table. The script contains commands, options and their fixed
 * values; it asks the program for the names of accounts.yaml when a person presses Tab. Pure.
 */

import { type CommandRow, GLOBAL_OPTIONS, type OptionRow } from '../command/command.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

/** The candidates for a word: fixed words, names from accounts.yaml, files, or unknown. */
type Candidates = readonly string[] | 'names' | 'institutions' | 'files' | 'folders' | null;

/** Words for which the table has only a placeholder. */
export interface Vocabulary {
  /** `ofx-sync COMMAND ACTION`. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
  /** `ofx-sync COMMAND ACTION STEP`. */
  readonly steps: Readonly<Record<string, readonly string[]>>;
  /** Values of options, by their flag; the same for every command that has it. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

interface Grammar {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly { readonly flag: string; readonly summary: string; readonly value: Candidates | 'none' }[];
  readonly first: Candidates;
  readonly rest: Candidates;
}

function grammars(commands: readonly CommandRow[], vocabulary: Vocabulary): Grammar[] {
  return commands.map(({ name, summary, words, options }) => {
    const actions = vocabulary.actions[name];
    const rest = wordCandidates(words.replace(/^[<[]action[>\]]\s*/, ''));
    const all = [...options, ...GLOBAL_OPTIONS, { flags: '--help', summary: 'show help' }];
    return {
      name,
      summary: withoutQuotes(summary),
      options: all.flatMap((option) => optionGrammar(option, vocabulary)),
      first: actions ?? rest,
      rest: vocabulary.steps[name] ?? rest,
    };
  });
}

function optionGrammar({ flags, summary }: OptionRow, { values }: Vocabulary): Grammar['options'] {
  const flag = /--[a-z-]+/.exec(flags)?.[0];
  if (flag === undefined) return [];
  const word = /[<[](\w[\w-]*)/.exec(flags)?.[1];
  return [
    { flag, summary: withoutQuotes(summary), value: word === undefined ? 'none' : valueCandidates(flag, word, values) },
  ];
}

function valueCandidates(flag: string, word: string, values: Vocabulary['values']): Candidates {
  if (values[flag] !== undefined) return values[flag];
  if (flag === '--account') return 'names';
  if (word === 'dir' || word === 'folder') return 'folders';
  // The pattern of `export --name` is a name, that of `init --files` is a path.
  return word === 'file' || flag === '--files' ? 'files' : null;
}

function wordCandidates(words: string): Candidates {
  if (/\bnames?\b/.test(words)) return 'names';
  if (/\binstitution\b/.test(words)) return 'institutions';
  return /\bfiles?\b/.test(words) ? 'files' : null;
}

/** Returns a summary that is safe in the quotes of every shell. */
function withoutQuotes(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[`'"\\$:]/g, '');
}

/** Returns the script for one shell. */
export function completionScript(shell: Shell, commands: readonly CommandRow[], vocabulary: Vocabulary): string {
  const all = grammars(commands, vocabulary);
  if (shell === 'bash') return bash(all);
  return shell === 'zsh' ? zsh(all) : fish(all);
}

/** The command that prints names, one per line, and nothing without a configuration. */
const ASK = 'ofx-sync completion';

/** Returns the options that take a value: the word after one of them is neither a command nor a name. */
function valueFlags(all: readonly Grammar[]): readonly string[] {
  const flags = all.flatMap(({ options }) => options.flatMap(({ flag, value }) => (value === 'none' ? [] : [flag])));
  return [...new Set(flags)];
}

function bashWords(candidates: Candidates): string {
  if (candidates === null) return ':';
  if (candidates === 'files') return '_ofx_sync_files -f';
  if (candidates === 'folders') return '_ofx_sync_files -d';
  if (typeof candidates === 'string') return `_ofx_sync_lines "$(${ASK} ${candidates} 2>/dev/null)"`;
  return `_ofx_sync_lines "${candidates.join('\n')}"`;
}

function bash(all: readonly Grammar[]): string {
  const flags = ({ options }: Grammar) => options.map(({ flag }) => flag).join('\n');
  const values = (grammar: Grammar) =>
    grammar.options
      .filter(({ value }) => value !== 'none')
      .map(({ flag, value }) => `      ${flag}) ${bashWords(value === 'none' ? null : value)}; return ;;`);
  const cases = all.map((grammar) =>
    [
      `  ${grammar.name})`,
      '    case $previous in',
      ...values(grammar),
      '    esac',
      `    if [[ $current == -* ]]; then _ofx_sync_lines "${flags(grammar)}"`,
      `    elif ((word == 1)); then ${bashWords(grammar.first)}`,
      `    else ${bashWords(grammar.rest)}; fi ;;`,
    ].join('\n'),
  );
  return `# bash completion of ofx-sync; to install or renew it: ofx-sync completion bash --install
_ofx_sync_lines() {
  local line
  while IFS= read -r line; do
    if [[ -n $line && $line == "$current"* ]]; then COMPREPLY+=("$(printf %q "$line")"); fi
  done <<<"$1"
}
_ofx_sync_files() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$1" -- "$current")
  compopt -o filenames 2>/dev/null
}
_ofx_sync() {
  COMPREPLY=()
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command= word=0 index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case \${COMP_WORDS[index]} in
    ${valueFlags(all).join(' | ')}) ((index++)) ;;
    -*) ;;
    *)
      if [[ -z $command ]]; then command=\${COMP_WORDS[index]}; fi
      ((word++))
      ;;
    esac
  done
  # Behind COMP_CWORD stands a loop that took the current word for the value of an option.
  if [[ -z $command && $current != -* ]] && ((index == COMP_CWORD)); then
    _ofx_sync_lines "${all.map(({ name }) => name).join('\n')}"
    if ((\${#COMPREPLY[@]} == 0)); then _ofx_sync_lines "$(${ASK} names 2>/dev/null)"; fi
    return
  fi
  case \${command:-sync} in
${cases.join('\n')}
  *) _ofx_sync_lines "$(${ASK} names 2>/dev/null)" ;;
  esac
}
complete -F _ofx_sync ofx-sync
`;
}

function zshWords(candidates: Candidates): string {
  if (candidates === null) return '_message value';
  if (candidates === 'files') return '_files';
  if (candidates === 'folders') return '_files -/';
  if (typeof candidates === 'string') return `_ofx_sync_ask ${candidates}`;
  return `compadd -- ${candidates.join(' ')}`;
}

function zsh(all: readonly Grammar[]): string {
  const cases = all.map((grammar) => {
    const values = grammar.options
      .filter(({ value }) => value !== 'none')
      .map(({ flag, value }) => `        ${flag}) ${zshWords(value === 'none' ? null : value)}; return ;;`);
    const flags = grammar.options.map(({ flag, summary }) => `'${flag}:${summary}'`).join(' ');
    return [
      `    ${grammar.name})`,
      '      case $words[CURRENT-1] in',
      ...values,
      '      esac',
      `      if [[ $words[CURRENT] == -* ]]; then described=(${flags}); _describe -o option described`,
      `      elif (( word == 1 )); then ${zshWords(grammar.first)}`,
      `      else ${zshWords(grammar.rest)}; fi ;;`,
    ].join('\n');
  });
  return `#compdef ofx-sync
# zsh completion of ofx-sync; to install or renew it: ofx-sync completion zsh --install
_ofx_sync_ask() {
  local -a found
  found=("\${(@f)$(${ASK} $1 2>/dev/null)}")
  compadd -- $found
}
_ofx_sync() {
  local command= index word=0
  local -a described
  for (( index = 2; index < CURRENT; index++ )); do
    case $words[index] in
      ${valueFlags(all).join('|')}) (( index++ )) ;;
      -*) ;;
      *) [[ -z $command ]] && command=$words[index]; (( word++ )) ;;
    esac
  done
  if [[ -z $command && $words[CURRENT] != -* ]] && (( index == CURRENT )); then
    described=(${all.map(({ name, summary }) => `'${name}:${summary}'`).join(' ')})
    _describe command described
    return
  fi
  case \${command:-sync} in
${cases.join('\n')}
    *) _ofx_sync_ask names ;;
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _ofx_sync "$@"; else compdef _ofx_sync ofx-sync; fi
`;
}

function fishWords(candidates: Candidates | 'none'): string {
  if (candidates === 'none' || candidates === null) return '';
  if (candidates === 'files') return ' -F';
  if (candidates === 'folders') return " -a '(__fish_complete_directories)'";
  return typeof candidates === 'string' ? ` -a '(${ASK} ${candidates} 2>/dev/null)'` : ` -a '${candidates.join(' ')}'`;
}

/** Returns the argument of an option: `-r` alone would offer files, `-x` offers nothing else. */
function fishValue(candidates: Candidates | 'none'): string {
  if (candidates === 'none') return '';
  return candidates === 'files' ? ' -r -F' : ` -x${fishWords(candidates)}`;
}

function fish(all: readonly Grammar[]): string {
  // Without a command it is a sync, which takes names and options at once.
  const others = all.map(({ name }) => name).filter((name) => name !== 'sync');
  const lines = all.flatMap((grammar) => {
    const within =
      grammar.name === 'sync'
        ? `-n 'not __fish_seen_subcommand_from ${others.join(' ')}'`
        : `-n '__fish_seen_subcommand_from ${grammar.name}'`;
    const isFirst = `-n '__fish_seen_subcommand_from ${grammar.name}; and test (count (commandline -opc)) -eq 2'`;
    const isLater = `-n '__fish_seen_subcommand_from ${grammar.name}; and test (count (commandline -opc)) -gt 2'`;
    const words =
      grammar.first === grammar.rest
        ? [`complete -c ofx-sync ${within}${fishWords(grammar.first)}`]
        : [
            `complete -c ofx-sync ${isFirst}${fishWords(grammar.first)}`,
            `complete -c ofx-sync ${isLater}${fishWords(grammar.rest)}`,
          ];
    return [
      `complete -c ofx-sync -n __fish_use_subcommand -a ${grammar.name} -d '${grammar.summary}'`,
      ...words.filter((line) => / -[aF]/.test(line)),
      ...grammar.options.map(
        ({ flag, summary, value }) =>
          `complete -c ofx-sync ${within} -l ${flag.slice(2)}${fishValue(value)} -d '${summary}'`,
      ),
    ];
  });
  return `# fish completion of ofx-sync; to install or renew it: ofx-sync completion fish --install
complete -c ofx-sync -f
${lines.join('\n')}
`;
}
