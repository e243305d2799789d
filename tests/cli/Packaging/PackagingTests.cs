using System.Diagnostics;
using System.Runtime.InteropServices;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Packaging;

/// <summary>What users install: the packed tool and the published program. Each brings the server program along.</summary>
public sealed class PackagingTests : IDisposable
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("TUMBLER_TEST_LONG") == "1";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_tool_that_was_packed_and_installed_has_its_server_program()
    {
        // Of what was built, and nothing is written where other tests run what was built.
        await Dotnet("pack", Cli, "-c", "Release", "--no-build", "-o", folder.File("packages"), $"-p:PublishDir={folder.File("published")}/");
        folder.Write("nuget.config", """
            <configuration><packageSources><clear /><add key="packed" value="packages" /></packageSources></configuration>
            """);
        await Dotnet("tool", "install", "Tumbler.Cli", "--tool-path", folder.File("tools"), "--configfile", folder.File("nuget.config"));

        await HasItsServer(folder.File("tools/tumbler"), path: Environment.GetEnvironmentVariable("PATH")!);
        Assert.Empty(Directory.EnumerateFiles(folder.File("tools"), "Tumbler.Silo", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_program_that_was_published_for_this_machine_needs_nothing_else()
    {
        Assert.SkipUnless(Long, "It takes its time: ./test --long runs it.");
        var machine = $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        await Dotnet("publish", Cli, "-c", "Release", "-r", machine, "-o", folder.File("published"), "--artifacts-path", folder.File("built"));

        await HasItsServer(folder.File("published/tumbler"), path: "/nowhere");
    }

    /// <param name="path">Where other programs are sought.</param>
    private async Task HasItsServer(string program, string path)
    {
        var old = Directory.CreateDirectory(folder.File("data/exports/2020-01-01/0f8fad5b-d9cb-469f-a165-70867728950e")).FullName;

        (await Run(program, path, "retention")).Is(0, Said.Normal(old), "1 export is deleted.");
        Assert.False(Directory.Exists(old));
        (await Run(program, path, "migrate", "--Storage:Kind", "mysql")).Is(78, "", """
            Tumbler can't start: one setting is wrong.
              Storage:Kind: must be journal or postgres
            """);
        if (Long)
            Assert.Equal(0, (await Run(program, path, "demo", "--hours", "24", "--rate", "21600")).Code);
    }

    private Task<Said> Run(string program, string path, params string[] words)
    {
        var order = new ProcessStartInfo(program, words) { WorkingDirectory = folder.Path };
        order.Environment.Remove("TUMBLER_SERVER");
        (order.Environment["PATH"], order.Environment["DOTNET_ENVIRONMENT"]) = (path, "Development");
        if (path == "/nowhere")
            order.Environment["DOTNET_ROOT"] = path;
        return RealProcess.Run(order);
    }

    private static async Task Dotnet(params string[] words)
    {
        var order = new ProcessStartInfo("dotnet", words) { WorkingDirectory = Repository.Root };

        // What would go on behind it keeps what it was given open, and would be waited for.
        (order.Environment["MSBUILDDISABLENODEREUSE"], order.Environment["UseSharedCompilation"]) = ("1", "false");
        var said = await RealProcess.Run(order);
        Assert.True(said.Code == 0, $"dotnet {string.Join(' ', words)}\n{said.Output}{said.Errors}");
    }

    private static string Cli => Path.Combine(Repository.Root, "client", "Cli");
}
