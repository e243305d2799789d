using System.Diagnostics;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Completion;

/// <summary>The scripts in their shells, with the built program.</summary>
public sealed class CompletionTests : IDisposable
{
    private static readonly string Program = Path.Combine(Repository.Root, "client", "Cli", "bin", "Release", "net10.0", "tumbler");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("tumbler ring", "rings")]
    [InlineData("tumbler rings ", "list", "show", "put", "rotate", "revoke")]
    [InlineData("tumbler keys rotate --mo", "--mode")]
    [InlineData("tumbler keys rotate --mode ", "graceful", "immediate")]
    [InlineData("tumbler rings put x --algorithm ES", "ES256", "ES384", "ES512")]
    public async Task Bash_completes_what_was_begun(string line, params string[] expected)
    {
        var words = line.Split(' ');
        await Write("bash");

        var completed = await Shell("bash", $$"""
            PATH={{Path.GetDirectoryName(Program)}}:$PATH
            source completion
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{string.Join(' ', words.Select(word => $"'{word}'"))}}) COMP_CWORD={{words.Length - 1}}
            _tumbler
            printf '%s\n' "${COMPREPLY[@]}"
            """);

        Assert.Equal(expected.Order(StringComparer.Ordinal), completed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("tumbler keys rotate --mode ", "graceful", "immediate")]
    [InlineData("tumbler keys ex", "export")]
    [InlineData("tumbler completion ", "bash", "fish", "zsh")]
    public async Task Fish_completes_what_was_begun(string line, params string[] expected)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/fish"), "fish is not installed.");
        await Write("fish");

        Assert.Equal(expected, await Shell("fish", $"set PATH {Path.GetDirectoryName(Program)} $PATH; source completion; complete -C '{line}'"));
    }

    [Theory]
    [InlineData("tumbler keys rotate --mode ", "graceful", "immediate")]
    [InlineData("tumbler completion ", "bash", "fish", "zsh")]
    public async Task Zsh_completes_what_was_begun(string line, params string[] expected)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/zsh"), "zsh is not installed.");
        await Write("zsh");
        var words = line.Split(' ');

        // What compadd is given is what zsh offers.
        Assert.Equal(expected, await Shell("zsh", $$"""
            path=({{Path.GetDirectoryName(Program)}} $path)
            compdef() { :; }
            compadd() { shift; printf '%s\n' "$@"; }
            source ./completion
            words=({{string.Join(' ', words.Select(word => $"'{word}'"))}}) CURRENT={{words.Length}}
            _tumbler
            """));
    }

    private async Task Write(string shell)
    {
        var said = await Script.At(folder).Run($"completion {shell}");
        Assert.Equal((0, ""), (said.Code, said.Errors));
        folder.Write("completion", said.Output);
    }

    private async Task<string[]> Shell(string shell, string commands)
    {
        var start = new ProcessStartInfo(shell, ["-c", commands]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
