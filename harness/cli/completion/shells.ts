/**
 * What each shell is told: to ask `etcd-tls complete` with the words so far. A line of its answer is a word, or a word,
 * a tab and what it means; the line `:files` says that names of files will do, too.
 */
export const shells = {
  // Bash ends words at ":" and "=" as well (COMP_WORDBREAKS), and puts an answer in the place of the last piece only.
  bash: `_etcd_tls() {
  local line="\${COMP_LINE:0:COMP_POINT}" word answer
  local -a words
  read -ra words <<<"$line"
  if [[ $line == *[[:space:]] ]]; then words+=(''); fi
  word="\${words[-1]}"
  local done="\${word%"\${word##*[:=]}"}"
  COMPREPLY=()
  while IFS= read -r answer; do
    if [[ $answer == :files ]]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r answer; do COMPREPLY+=("$answer"); done < <(compgen -f -- "\${word#"$done"}")
    else
      answer="\${answer%%$'\\t'*}"
      COMPREPLY+=("\${answer#"$done"}")
    fi
  done < <("\${words[0]}" complete "\${words[@]:1}" 2>/dev/null)
  if [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == */ ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -F _etcd_tls etcd-tls
`,
  zsh: `#compdef etcd-tls
_etcd-tls() {
  local -a answers found
  local answer files
  answers=("\${(@f)$("\${words[1]}" complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for answer in $answers; do
    if [[ $answer == :files ]]; then files=1; continue; fi
    found+=("\${\${answer//:/\\\\:}/$'\\t'/:}")
  done
  (( $#found )) && _describe etcd-tls found
  [[ -n $files ]] && _files
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _etcd-tls "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
  compdef _etcd-tls etcd-tls
fi
`,
  fish: `function __etcd_tls
    set -l words (commandline -opc) (commandline -ct)
    for answer in ($words[1] complete $words[2..-1] 2>/dev/null)
        if test "$answer" = ':files'
            __fish_complete_path (commandline -ct)
        else
            echo $answer
        end
    end
end
complete -c etcd-tls -f -a '(__etcd_tls)'
`,
} as const

export type Shell = keyof typeof shells
