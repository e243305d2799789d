using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Demo;

public sealed class DemoCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("23")]
    [InlineData("169")]
    public async Task Hours_that_show_no_day_or_take_forever_are_refused(string hours) =>
        (await Script.At(folder).Run($"demo --hours {hours}")).Is(64, "", """
            tumbler: --hours must be 24 to 168.
            Try: tumbler demo --help
            """);

    [Theory]
    [InlineData("59")]
    [InlineData("30001")]
    [InlineData("NaN")]
    public async Task A_rate_at_which_nothing_can_be_shown_is_refused(string rate) =>
        (await Script.At(folder).Run($"demo --rate {rate}")).Is(64, "", """
            tumbler: --rate must be 60 to 30000.
            Try: tumbler demo --help
            """);

    [Fact]
    public async Task Without_a_server_program_it_says_where_it_looked()
    {
        var said = await Script.At(folder).With("TUMBLER_SERVER", folder.Path).Run("demo");

        Assert.Equal((66, ""), (said.Code, said.Output));
        Assert.StartsWith($"tumbler: TUMBLER_SERVER is {folder.Path}, ", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_start_is_quoted_and_nothing_is_left_behind()
    {
        var program = folder.Write("server", $"#!/bin/sh\npwd >{folder.File("where")}\necho 'no, thanks' >&2\nexit 3\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var said = await Script.At(folder).With("TUMBLER_SERVER", program).Run("demo");

        Assert.Equal(69, said.Code);
        Assert.Equal(
            "tumbler: The demo's server did not get ready. It said: no, thanks\nTry again; if it says the same, start the server alone to see more.\n", said.Errors);
        Assert.False(Directory.Exists((await File.ReadAllTextAsync(folder.File("where"), TestContext.Current.CancellationToken)).Trim()));
    }
}
