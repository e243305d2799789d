using Tumbler.Cli.Tests.Operations;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.ServerPrograms;

/// <summary>What the commands do is tested with the server program; here is that they reach it whole, and come back whole. Migrating a
/// database is in <c>Doctor/DatabaseTests</c>.</summary>
public sealed class ServerVerbsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Retention_runs_where_the_user_is_dry_and_for_good()
    {
        var old = Directory.CreateDirectory(folder.File("data/exports/2020-01-01/0f8fad5b-d9cb-469f-a165-70867728950e")).FullName;

        (await Run("retention --dry-run")).Is(0, Said.Normal(old), "1 export would be deleted.");
        Assert.True(Directory.Exists(old));
        (await Run("retention --Retention:Exports:Keep=3650d")).Is(0, "", "0 exports are deleted.");
        (await Run("retention --Retention:Exports:Keep 14d")).Is(0, Said.Normal(old), "1 export is deleted.");
        Assert.False(Directory.Exists(old));
    }

    [Fact]
    public async Task A_setting_that_is_wrong_is_the_server_programs_to_name() => (await Run("migrate --Storage:Kind mysql")).Is(78, "", """
        Tumbler can't start: one setting is wrong.
          Storage:Kind: must be journal or postgres
        """);

    [Fact]
    public async Task Settings_come_from_the_users_environment_too() => (await Script.At(folder)
        .With("TUMBLER_SERVER", OperatedServer.Program).With("DOTNET_ENVIRONMENT", "Development").With("TUMBLER__Storage__Kind", "postgres").Run("migrate")).Is(78, "", """
        Tumbler can't start: one setting is wrong.
          Storage:Postgres:ConnectionString: is required; give it, or a file that holds it by Storage:Postgres:ConnectionString_FILE
        """);

    [Fact]
    public async Task Pruning_takes_its_options_in_any_order()
    {
        Directory.CreateDirectory(folder.File("data"));

        (await Run("audit prune --dry-run --before 2026-01-01 --archive .")).Is(1, "", """
            The archive does not verify.
              checkpoint.txt: The file is missing.
            """);
        Assert.Equal(64, (await Run("audit prune --before 2026-02-30 --archive .")).Code);
        (await Run("audit prune --before 2026-01-01")).Is(64, "", """
            tumbler: Option '--archive' is required.
            Try: tumbler audit prune --help
            """);
    }

    [Theory]
    [InlineData("migrate")]
    [InlineData("retention")]
    public async Task Without_the_server_program_it_says_where_it_was_sought(string words)
    {
        var said = await Script.At(folder).Run(words);

        Assert.Equal((66, ""), (said.Code, said.Output));
        Assert.Contains("Set TUMBLER_SERVER to the folder with Tumbler.Silo", said.Errors, StringComparison.Ordinal);
    }

    private Task<Said> Run(string words) =>
        Script.At(folder).With("TUMBLER_SERVER", OperatedServer.Program).With("DOTNET_ENVIRONMENT", "Development").Run(words);
}
