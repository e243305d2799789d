#compdef tumbler
# zsh completion for tumbler: asks the program what could come next.
_tumbler() {
  local typed="${(j: :)words[2,CURRENT]}"
  local -a suggestions names
  suggestions=("${(@f)$("${words[1]}" "[suggest:${#typed}]" "$typed" 2>/dev/null)}")
  # Options are offered to who has begun one, or where there is nothing else.
  names=("${(@)suggestions:#-*}")
  [[ ${words[CURRENT]} == -* || -z ${names[1]} ]] || suggestions=("${names[@]}")
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
