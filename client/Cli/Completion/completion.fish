# fish completion for tumbler: asks the program what could come next.
function __tumbler_complete
    set -l words (commandline --tokens-expanded --cut-at-cursor 2>/dev/null; or commandline -opc)
    set -l typed (string join ' ' -- $words[2..-1] (commandline -ct))
    $words[1] "[suggest:"(string length -- "$typed")"]" "$typed" 2>/dev/null
end
complete --command tumbler --arguments '(__tumbler_complete)'
