#compdef tumbler
# zsh completion for tumbler: asks the program what could come next.
_tumbler() {
  local typed="${(j: :)words[2,CURRENT]}"
  local -a suggestions
  suggestions=("${(@f)$("${words[1]}" "[suggest:${#typed}]" "$typed" 2>/dev/null)}")
  if [[ -n ${suggestions[1]} ]]; then
    compadd -- "${suggestions[@]}"
  else
    _files
  fi
}
if [[ ${funcstack[1]} == _tumbler ]]; then
  _tumbler "$@"
else
  compdef _tumbler tumbler
fi
