# fish completion for tumbler: asks the program what could come next.
function __tumbler_suggest
    set -l words (commandline -opc)
    set -l typed (string join ' ' -- $words[2..-1] (commandline -ct))
    set -g __tumbler_suggestions ($words[1] "[suggest:"(string length -- "$typed")"]" "$typed" 2>/dev/null)
    # Options are offered to who has begun one, or where there is nothing else.
    if not string match --quiet -- '-*' (commandline -ct)
        set -l names (string match --invert -- '-*' $__tumbler_suggestions)
        and set -g __tumbler_suggestions $names
    end
    # Nothing of ours: fish offers files.
    test (count $__tumbler_suggestions) -gt 0
end
complete --command tumbler --condition __tumbler_suggest --no-files --arguments '$__tumbler_suggestions'
