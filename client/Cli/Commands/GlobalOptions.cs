using System.CommandLine;

namespace Tumbler.Cli.Commands;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Server { get; } = new("--server")
    {
        Recursive = true, HelpName = "url", Description = "The server's address; else TUMBLER_SERVER_URL, else that of the login.",
    };

    public Option<string?> KeyFile { get; } = new("--key-file")
    {
        Recursive = true,
        HelpName = "file",
        Description = "Where the credential is, - for standard input; else TUMBLER_ADMIN_KEY_FILE, TUMBLER_ADMIN_KEY, the login.",
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Recursive = true, Description = "Prints the server's answer, one JSON document, and nothing else.",
    };

    public Option<bool> NoColor { get; } = new("--no-color")
    {
        Recursive = true, Description = "Prints without colour, as with NO_COLOR set.",
    };

    public void AddTo(Command root)
    {
        foreach (var option in (Option[])[Server, KeyFile, Json, NoColor])
            root.Add(option);
    }
}
