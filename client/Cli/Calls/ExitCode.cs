namespace Tumbler.Cli.Calls;

/// <summary>How the program ends; scripts rely on these numbers (docs/cli.md). From 64 on they are those of <c>sysexits.h</c>.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>What was to be checked was checked, and is not good.</summary>
    public const int No = 1;

    /// <summary>The server understood and says no: a rule is broken, it is not there, or it contradicts what is.</summary>
    public const int Refused = 2;

    /// <summary>What can't be undone was not confirmed. Nothing has changed.</summary>
    public const int NotConfirmed = 3;

    /// <summary>What was to be checked works, and there is something about it to know: <c>doctor</c> with warnings only.</summary>
    public const int Warned = 4;

    /// <summary>EX_USAGE: the command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>EX_DATAERR: what is in a file or came from standard input can't be used.</summary>
    public const int BadData = 65;

    /// <summary>EX_NOINPUT: a file is not there or can't be read.</summary>
    public const int NoInput = 66;

    /// <summary>EX_UNAVAILABLE: the server can't be reached, or says that it can't do it now.</summary>
    public const int Unavailable = 69;

    /// <summary>EX_SOFTWARE: a defect, here or there.</summary>
    public const int Defect = 70;

    /// <summary>EX_CANTCREAT: a file can't be written.</summary>
    public const int CannotWrite = 73;

    /// <summary>EX_TEMPFAIL: too often in too short a time.</summary>
    public const int TryLater = 75;

    /// <summary>EX_NOPERM: not logged in, or not allowed.</summary>
    public const int NotAllowed = 77;

    /// <summary>128 and the number of SIGINT, as a shell has it.</summary>
    public const int Interrupted = 130;
}
