using System.CommandLine;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;

namespace Tumbler.Cli.Completion;

/// <summary>A script for each shell that asks this program what could come next: it needs nothing else installed.</summary>
internal static class CompletionNoun
{
    public static Command Of(Frame frame) => new("completion", "Completes commands in a shell: prints the shell's script for it.")
    {
        Verb(frame, "bash", "tumbler completion bash >~/.local/share/bash-completion/completions/tumbler"),
        Verb(frame, "zsh", "tumbler completion zsh >~/.zfunc/_tumbler"),
        Verb(frame, "fish", "tumbler completion fish >~/.config/fish/completions/tumbler.fish"),
    };

    private static Verb Verb(Frame frame, string shell, string example) =>
        new Verb(frame, shell, $"Prints the script for {shell}.", example).Does((_, session, _) =>
        {
            using var script = typeof(CompletionNoun).Assembly.GetManifestResourceStream($"completion.{shell}")!;
            using var reader = new StreamReader(script);
            session.Call.Output.Write(reader.ReadToEnd());
            return Task.FromResult(ExitCode.Done);
        });
}
