using Tumbler.Cli.Tests.Operations;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Configuration;

[Collection(OperationsCollection.Name)]
public sealed class ShowConfigurationTests(OperatedServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_shows_what_was_given_and_from_where()
    {
        var said = await Run("config limits:");

        Assert.Equal(0, said.Code);
        Assert.Equal(
            "NAME                                    VALUE  FROM\n"
            + "Limits:Admin                            off    command line\n"
            + "Limits:PerAddress:FailedAuthentication  off    command line\n", said.Output);
        Assert.Matches("^[^,]+, development, read [-0-9]+ [:0-9]+Z\\. --all shows those with their defaults, too\\.\n$", said.Errors);
    }

    [Fact]
    public async Task Defaults_are_shown_when_asked_for_and_no_secret_is()
    {
        var (all, document) = (await Run("config --all"), (await Run("config --json")).Document());

        Assert.Matches("\nStorage:Kind +- +default\n", all.Output);
        Assert.DoesNotContain(server.AdminKey, all.Output + document, StringComparison.Ordinal);
        Assert.Equal("development", document.GetProperty("environment").GetString());
    }

    [Fact]
    public async Task Without_being_asked_for_all_it_shows_what_was_given_and_hides_every_default()
    {
        var settings = (await Run("config --json")).Document().GetProperty("settings").EnumerateArray()
            .ToLookup(each => each.GetProperty("source").GetString() == "default", each => each.GetProperty("name").GetString()!);
        var (given, defaults) = (settings[false].ToArray(), settings[true].ToArray());
        Assert.Contains("Limits:Admin", given);
        Assert.Contains("Storage:Kind", defaults);

        var (some, all) = (await Run("config"), await Run("config --all"));

        Assert.Equal(given, Names(some));
        Assert.Equal(given.Concat(defaults).Order(StringComparer.Ordinal), Names(all).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("--all", all.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_was_given_there_is_no_table()
    {
        var said = await Run("config storage:");

        Assert.Equal((0, ""), (said.Code, said.Output));
        Assert.EndsWith(" --all shows those with their defaults, too.\n", said.Errors, StringComparison.Ordinal);
    }

    /// <summary>What stands in the first column, under its heading.</summary>
    private static IEnumerable<string> Names(Said said) =>
        said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(' ')[0]);

    private Task<Said> Run(string words) => Script.For(server, folder).Run(words);
}
