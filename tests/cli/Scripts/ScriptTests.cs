namespace Tumbler.Cli.Tests.Scripts;

/// <summary>What a user has in front of every test of a verb: a home, and an administrator's login at the server that all share.</summary>
public abstract class ScriptTests(RunningServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected TemporaryFolder Folder => folder;

    protected RunningServer Server => server;

    internal Script Admin => Script.For(server, folder);

    /// <summary>What is there before the test begins; it has to succeed.</summary>
    internal async Task<Said> Given(string words)
    {
        var said = await Admin.Run(words);
        Assert.True(said.Code == 0, said.Errors);
        return said;
    }

    /// <summary>One member of the document that a command prints.</summary>
    internal async Task<string> Given(string words, string member) =>
        (await Given($"{words} --json")).Document().GetProperty(member).GetString()!;

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
