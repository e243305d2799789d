using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tumbler.Stories.Tests.Readme;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests;

public sealed partial class S6_The_README_works_as_pasted(StoryRun run)
{
    private const int Port = 8080;
    private static readonly Uri Ready = new($"http://127.0.0.1:{Port}/health/ready");

    // The copy may have to be built.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task Two_commands_start_it_and_the_blocks_do_what_they_say()
    {
        Assert.SkipUnless(SourceCopy.IsFree(Port), $"port {Port}, which the README names, is taken on this machine");
        var audit = await Page("docs/audit.md");
        string[] blocks =
        [
            .. ShellBlocks.Of(await Page("README.md"), "Quick start"),
            .. ShellBlocks.Of(audit, "An export"),
            .. ShellBlocks.Of(audit, "Checking it"),
        ];
        using var copy = await SourceCopy.Of(run.Root);

        var start = new ProcessStartInfo(Path.Combine(copy.Path, "run")) { WorkingDirectory = copy.Path };
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        using var silo = LoggedProcess.Start(start, run.NewLog("readme"));
        IReadOnlyList<Pasted> pasted;
        try
        {
            await Until.True("./run is ready", Patience, () => IsReady(silo));
            var data = Path.Combine(copy.Path, "data");
            run.Secrets.AddFilesOf(data);
            pasted = await Shell.Paste(copy.Path, blocks);
            var kept = await File.ReadAllTextAsync(Path.Combine(data, "billing.json"), TestContext.Current.CancellationToken);
            run.Secrets.Add(JsonElement.Parse(kept).GetProperty("key").GetString()!);
        }
        finally
        {
            silo.KillTree();
            await silo.End(Patience);
        }

        var output = string.Concat(pasted.Select(block => block.Output));
        foreach (Match token in Jwt().Matches(output))
            run.Secrets.Add(token.Value);
        Assert.Equal(blocks.Length, pasted.Count);
        Assert.All(pasted, block => Assert.Equal(0, block.Code));
        Assert.All(pasted, block => Assert.NotEmpty(block.Output.Trim()));
        foreach (var sight in (string[])["\"slug\":\"acme\"", "\"access_token\":\"eyJ", "\"keys\":[{", "\"signing_kid\":\"", "\"effective_at\":\"", "\"valid\":true", "CMS Verification successful", "The export verifies."])
            Assert.Contains(sight, output, StringComparison.Ordinal);
    }

    private Task<string> Page(string path) => File.ReadAllTextAsync(Path.Combine(run.Root, path), TestContext.Current.CancellationToken);

    private static async Task<bool> IsReady(LoggedProcess silo)
    {
        Assert.False(silo.HasExited, $"./run ended:\n{silo.Output}{silo.Errors}");
        try
        {
            using var http = new HttpClient();
            using var answer = await http.GetAsync(Ready, TestContext.Current.CancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+\.[\w-]+")]
    private static partial Regex Jwt();
}
