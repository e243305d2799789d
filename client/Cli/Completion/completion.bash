# bash completion for tumbler: asks the program what could come next.
_tumbler() {
  local line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} IFS=$'\n'
  # The program's own name is no argument of it, however it was called.
  local typed=${line#"${COMP_WORDS[0]}"}
  typed=${typed# }
  local suggestions
  suggestions=$("${COMP_WORDS[0]}" "[suggest:${#typed}]" "$typed" 2>/dev/null)
  # Options are offered to who has begun one, or where there is nothing else.
  if [[ $word != -* ]]; then
    local names
    names=$(grep -v '^-' <<<"$suggestions") && suggestions=$names
  fi
  COMPREPLY=($(compgen -W "$suggestions" -- "$word"))
  # Nothing of ours: perhaps the name of a file.
  [[ ${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- "$word"))
}
complete -F _tumbler tumbler
