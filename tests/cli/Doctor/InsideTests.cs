using System.Text.Json;
using Tumbler.Cli.Tests.Operations;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Doctor;

/// <summary>Settings that are looked at from inside, by the rules of the server program.</summary>
public sealed class InsideTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Settings_that_are_right_are_well_and_nothing_is_made()
    {
        (await Doctor("Development").Run("doctor --inside --Tokens:Lifetime 4m")).Is(0, """
            CHECK     RESULT  SEEN
            settings  ok      a start would take them

            All is well.
            """);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_misspelt_name_is_found_wherever_it_stands()
    {
        folder.Write("appsettings.json", """{"Storage": {"Journl": {"Directory": "data"}}}""");

        var said = await Doctor("Development").With("TUMBLER__Tokens__Isuer", "https://tokens.example").Run("doctor --inside --json --Engine:Knid single");

        Assert.Equal(["failure setting-wrong"], SetUp.FindingsOf(said));
        Assert.Equal(
            [
                "Engine:Knid: unknown setting; did you mean Engine:Kind?",
                "Storage:Journl:Directory: unknown setting; did you mean Storage:Journal:Directory?",
                "Tokens:Isuer: unknown setting; did you mean Tokens:Issuer?",
            ],
            Problems(said));
    }

    [Fact]
    public async Task What_development_makes_by_itself_is_missing_in_production()
    {
        var said = await Doctor("Production").Run("doctor --inside --json --urls http://0.0.0.0:8080 --Development:ClockRate 2");

        Assert.Equal(["failure setting-wrong"], SetUp.FindingsOf(said));
        Assert.Equal(
            ["Admin:Key", "ApiKeys:HashKey", "Audit:Key", "Audit:SigningCertificate:Path", "Development:ClockRate", "Protection:Certificates", "Storage:Journal:Directory", "urls"],
            Problems(said).Select(problem => problem[..problem.IndexOf(": ", StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_file_that_everybody_may_read_is_a_warning()
    {
        var key = folder.Write("key", new string('k', 40));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Assert.Equal(["warning setting-doubtful"], SetUp.FindingsOf(await Doctor("Development").Run("doctor --inside --json --Admin:Key_FILE key")));
    }

    [Fact]
    public async Task Without_the_server_program_there_is_nobody_who_knows_the_rules() =>
        Assert.Equal(66, (await Script.At(folder).Run("doctor --inside")).Code);

    private Script Doctor(string environment) => Script.At(folder).With("TUMBLER_SERVER", OperatedServer.Program).With("DOTNET_ENVIRONMENT", environment);

    private static IEnumerable<string> Problems(Said said) => JsonDocument.Parse(said.Output).RootElement.GetProperty("findings")
        .EnumerateArray().Select(each => each.GetProperty("problem").GetString()!).Order(StringComparer.Ordinal);
}
