using Tumbler.Cli.Tests.Operations;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Audit;

[Collection(OperationsCollection.Name)]
public sealed class ExportLogTests(OperatedServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The certificate is the export's own, which is good enough to see that the files are whole.</summary>
    [Fact]
    public async Task An_export_is_fetched_for_its_owner_and_verifies_offline_until_a_byte_is_changed()
    {
        await server.CreateOrganization("export_whole");

        var said = await Run("audit export --to log");

        Assert.Equal(0, said.Code);
        Assert.Matches("^log: the whole log, [0-9]+ entries up to checkpoint [0-9]+\\.\n$", said.Output);
        Assert.Equal("Check it: tumbler audit verify log --certificate <the certificate of the log, by another way than this server>\n", said.Errors);
        Assert.Equal(
            ["audit.jsonl", "audit.jsonl.p7s", "certificate.pem", "checkpoint.txt", "heads.jsonl", "manifest.json"],
            Directory.GetFiles(folder.File("log")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder.File("log")) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead));

        var verified = await Offline("log");
        Assert.Equal((0, ""), (verified.Code, verified.Errors));
        Assert.StartsWith("The export verifies.\n", verified.Output, StringComparison.Ordinal);

        var entries = folder.File("log/audit.jsonl");
        await File.WriteAllTextAsync(
            entries, (await File.ReadAllTextAsync(entries, TestContext.Current.CancellationToken)).Replace("\"org\":\"export_whole\"", "\"org\":\"export_while\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var changed = await Offline("log");
        Assert.Equal((1, ""), (changed.Code, changed.Output));
        Assert.Matches("^The export does not verify\\.\n  audit\\.jsonl, line [0-9]+, chain org:export_whole, entry 1: ", changed.Errors);
    }

    [Fact]
    public async Task One_organisations_export_holds_its_chain_and_json_is_the_export()
    {
        await server.CreateOrganization("export_one");

        var export = (await Run("audit export export_one --to one --json")).Document();

        Assert.Equal(("completed", "export_one"), (export.GetProperty("status").GetString(), export.GetProperty("org").GetString()));
        Assert.True(File.Exists(folder.File("one/proof.json")));
        Assert.Equal(0, (await Run($"audit export --id {export.GetProperty("id").GetString()} --to again")).Code);
        Assert.Equal(
            await File.ReadAllBytesAsync(folder.File("one/audit.jsonl"), TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(folder.File("again/audit.jsonl"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task At_a_terminal_it_says_how_far_it_is_and_takes_that_away_again()
    {
        var said = await (Script.For(server, folder) with { AtTerminal = true, Width = 80 }).Run("audit export --to seen --no-color");

        Assert.Equal(0, said.Code);
        Assert.Contains("\raudit.jsonl: ", said.Errors, StringComparison.Ordinal);
        Assert.Matches("\r +\rCheck it: ", said.Errors);
    }

    [Fact]
    public async Task A_folder_with_something_in_it_is_left_alone_and_nothing_is_ordered()
    {
        folder.Write("other", "mine");
        var before = (await Run("audit query --action EXECUTE --json")).Output;

        var said = await Run("audit export --to .");

        Assert.Equal((73, ""), (said.Code, said.Output));
        Assert.EndsWith("is there already, and not an empty folder.\nName another one: an export is not mixed with other files.\n", said.Errors, StringComparison.Ordinal);
        Assert.Equal(before, (await Run("audit query --action EXECUTE --json")).Output);
    }

    [Fact]
    public async Task An_organisation_that_is_not_there_is_refused_by_the_server()
    {
        (await Run("audit export nobody_here --to none")).Is(2, "", "tumbler: There is no organization 'nobody_here'.");
        Assert.False(Directory.Exists(folder.File("none")));
    }

    private Task<Said> Run(string words) => Script.For(server, folder).Run(words);

    private Task<Said> Offline(string export) => Script.At(folder).With("TUMBLER_SERVER", OperatedServer.Program)
        .Run($"audit verify {export} --certificate {export}/certificate.pem");
}
