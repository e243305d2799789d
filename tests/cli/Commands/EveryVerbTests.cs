using Tumbler.Cli.Commands;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Commands;

/// <summary>What holds for every verb alike.</summary>
public sealed class EveryVerbTests(RunningServer server) : ScriptTests(server)
{
    public static TheoryData<string> OfServer => [.. Samples.OfServer];

    public static TheoryData<string, string> Asking => [.. Samples.Asking.Select(each => (each.Words, each.Name))];

    [Fact]
    public void Every_verb_has_its_sample_here()
    {
        var sampled = Samples.OfServer.Concat(Samples.Others).ToList();
        Assert.All(HelpTests.Verbs().Select(UsageError.NameOf), name => Assert.Contains(
            sampled, sample => $"tumbler {sample} ".StartsWith($"{name} ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(OfServer))]
    public async Task A_server_that_is_not_there_can_not_be_reached(string words) =>
        (await Ready().With("TUMBLER_SERVER_URL", RunningServer.NobodyThere()).Run(words)).Is(69, "", """
            tumbler: <server> can't be reached: Connection refused
            Check the address, and that the server runs there.
            """);

    [Theory]
    [MemberData(nameof(OfServer))]
    public async Task Nobody_is_logged_in(string words) =>
        (await (Ready() with { Environment = Admin.Environment.Clear() }).Run(words)).Is(77, "", """
            tumbler: There is no server to ask: nobody is logged in.
            Log in with `tumbler login --server <url>`, or set TUMBLER_SERVER_URL and TUMBLER_ADMIN_KEY_FILE.
            """);

    [Theory]
    [MemberData(nameof(OfServer))]
    public async Task An_option_that_it_does_not_have_is_an_error_of_usage(string words)
    {
        var said = await Ready().Run($"{words} --nonsense");

        Assert.Equal((64, ""), (said.Code, said.Output));
        Assert.Contains("tumbler: Unrecognized command or argument '--nonsense'.\n", said.Errors, StringComparison.Ordinal);
        Assert.Contains("\nTry: tumbler ", said.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OfServer))]
    public async Task What_is_refused_prints_no_document(string words)
    {
        var said = await Ready().With("TUMBLER_ADMIN_KEY_FILE", Folder.Write("wrong", "this-is-no-admin-key")).Run($"{words} --json");

        // Whether an API key is good anybody may ask; that one is not.
        if (words.StartsWith("api-keys verify", StringComparison.Ordinal))
            Assert.Equal((1, "{\"valid\":false,\"reason\":\"invalid_key\",\"org\":null,\"key_id\":null,\"scopes\":null}\n"), (said.Code, said.Output));
        else
            said.Is(77, "", "tumbler: The credential is not accepted.\n`tumbler login --server <server>` takes another one.");
    }

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task Without_a_terminal_nothing_is_done_that_can_not_be_undone(string words, string name)
    {
        var said = await Admin.Run(words);

        Assert.Equal((3, ""), (said.Code, said.Output));
        Assert.Contains(name, said.Errors, StringComparison.Ordinal);
        Assert.EndsWith(
            "That can't be undone, and there is no terminal to ask on.\nNothing was changed. Add --yes if it is what you want.\n",
            said.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task Whoever_types_something_else_has_not_confirmed(string words, string name)
    {
        var said = await Admin.Typing("yes\n").Run(words);

        Assert.Equal((3, ""), (said.Code, said.Output));
        Assert.EndsWith($" That can't be undone. Type {name} to go on: tumbler: Not confirmed. Nothing was changed.\n", said.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task Nobody_is_asked_who_is_not_logged_in(string words, string name)
    {
        var said = await (Script.At(Folder) with { AtTerminal = true, Input = name }).Run(words);

        Assert.Equal(77, said.Code);
        Assert.DoesNotContain("Type", said.Errors, StringComparison.Ordinal);
    }

    /// <summary>With what the samples read.</summary>
    private Script Ready()
    {
        Folder.Write("key.pem", "{}");
        return Admin with { Input = "a-password-of-length\n" };
    }
}
