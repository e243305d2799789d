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

    private Task<Said> Run(string words) => Script.For(server, folder).Run(words);
}
