using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Tumbler.Stories.Tests.Demo;
using Tumbler.Stories.Tests.Readme;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests;

public sealed partial class S30_The_demo_is_as_recorded(StoryRun run)
{
    /// <summary>72 hours in 12 seconds.</summary>
    private const string Fast = "21600";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private string Tool => Path.Combine(run.Root, "client", "Cli", "bin", "Release", "net10.0", "tumbler.dll");

    [Fact]
    public async Task It_proves_what_the_README_shows()
    {
        using var temporary = new TemporaryDirectory();
        var ended = await Play(Order(temporary, "dotnet", [Tool, "demo", "--rate", Fast]));

        await AssertRecorded(ended);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
    }

    [Fact]
    public async Task On_a_clean_copy_two_words_are_enough()
    {
        StoryRun.LongFormOnly();
        using var copy = await SourceCopy.Clean(run.Root);
        using var temporary = new TemporaryDirectory();
        var order = Order(temporary, Path.Combine(copy.Path, "run"), ["demo"]);
        order.WorkingDirectory = copy.Path;
        order.Environment.Remove("DOTNET_ENVIRONMENT");

        await AssertRecorded(await Play(order));
        Assert.False(Directory.Exists(Path.Combine(copy.Path, "data")), "It is no demo's business to make ./data.");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task An_interrupt_leaves_nothing_behind(string signal)
    {
        if (signal != "INT")
            StoryRun.LongFormOnly();
        using var temporary = new TemporaryDirectory();
        using var demo = LoggedProcess.Start(Order(temporary, "dotnet", [Tool, "demo"]), run.NewLog("demo"));
        await Until.True("the demo shows its table", Patience, () => Task.FromResult(demo.Output.Contains("hours   signs", StringComparison.Ordinal) || demo.HasExited));
        var port = int.Parse(Server().Match(demo.Output).Groups[1].ValueSpan);
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(temporary.Path));
        Assert.True(await Answers(port));

        await Signal.Send(signal, demo.Id);

        Assert.InRange(await demo.End(Patience), 129, 143);
        Assert.False(await Answers(port), "The server goes on.");
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
    }

    [Fact]
    public async Task A_server_whose_tokens_nobody_accepts_is_no_proof()
    {
        StoryRun.LongFormOnly();
        var ended = await PlayWith("--Tokens:Issuer http://127.0.0.1:9");

        Assert.Equal(1, ended.Code);
        Assert.Contains("\nNOT proved:\n  NO   ", ended.Output, StringComparison.Ordinal);
        Assert.Contains(" 0 times accepted in 24 hours", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_whose_clock_runs_otherwise_is_not_believed()
    {
        StoryRun.LongFormOnly();
        var ended = await PlayWith("--Development:ClockRate 20000");

        Assert.Equal(70, ended.Code);
        Assert.StartsWith("tumbler: The server's clock does not run at the rate that the demo asked for.\n", ended.Errors, StringComparison.Ordinal);
    }

    /// <param name="settings">The server gets them behind those that the demo gives it, and the last one counts.</param>
    private async Task<Ended> PlayWith(string settings)
    {
        using var temporary = new TemporaryDirectory();
        using var programs = new TemporaryDirectory();
        var program = Path.Combine(programs.Path, "server");
        await File.WriteAllTextAsync(
            program, $"#!/bin/sh\nexec dotnet {run.SiloAssembly} \"$@\" {settings}\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var order = Order(temporary, "dotnet", [Tool, "demo", "--hours", "24", "--rate", Fast]);
        order.Environment["TUMBLER_SERVER"] = program;
        return await Play(order);
    }

    private async Task AssertRecorded(Ended ended)
    {
        Assert.True(ended.Code == 0, $"Exit code {ended.Code}:\n{ended.Output}{ended.Errors}");
        var page = await File.ReadAllTextAsync(Path.Combine(run.Root, "README.md"), TestContext.Current.CancellationToken);
        Assert.Equal(Recording.Normal(Recording.In(page)), Recording.Normal(ended.Output));

        var counts = Counted().Match(ended.Output);
        var (issued, accepted, rejects) = (Number(counts.Groups[1]), Number(counts.Groups[2]), Number(counts.Groups[3]));
        run.Measured($"demo: {issued} tokens issued, {accepted} times accepted, {rejects} false rejects");
        Assert.True(issued >= 72, $"Only {issued} tokens were issued.");
        Assert.InRange(accepted, issued, 2 * issued);
        Assert.Equal(0, rejects);

        // What the lines of the table add up to is what the summary says.
        Assert.Equal((issued, accepted), (Rows().Matches(ended.Output).Sum(row => Number(row.Groups[1])), Rows().Matches(ended.Output).Sum(row => Number(row.Groups[2]))));
    }

    private ProcessStartInfo Order(TemporaryDirectory temporary, string program, string[] arguments)
    {
        var order = new ProcessStartInfo(program, arguments) { WorkingDirectory = temporary.Path };
        order.Environment["TMPDIR"] = temporary.Path;
        order.Environment["TUMBLER_SERVER"] = Path.GetDirectoryName(run.SiloAssembly);

        // Else its own would be among what is left behind, for as long as it runs.
        order.Environment["DOTNET_EnableDiagnostics"] = "0";
        return order;
    }

    private async Task<Ended> Play(ProcessStartInfo order)
    {
        using var demo = LoggedProcess.Start(order, run.NewLog("demo"));
        try
        {
            return new Ended(await demo.End(Patience), demo.Output, demo.Errors);
        }
        finally
        {
            demo.Kill();
        }
    }

    private static async Task<bool> Answers(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static long Number(Group text) => long.Parse(text.Value.Replace(",", "", StringComparison.Ordinal));

    [GeneratedRegex(@"server +http://127\.0\.0\.1:([0-9]+)")]
    private static partial Regex Server();

    [GeneratedRegex("  yes  ([0-9,]+) tokens issued and ([0-9,]+) times accepted in 72 hours: ([0-9,]+) false rejects")]
    private static partial Regex Counted();

    [GeneratedRegex(@"(?m)^ +[0-9]+-[0-9]+ +key [0-9]+ +[0-9, ]+? +([0-9,]+) +([0-9,]+) +[0-9,]+$")]
    private static partial Regex Rows();
}
