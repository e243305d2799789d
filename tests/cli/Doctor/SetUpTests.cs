using Tumbler.Cli.Tests.Operations;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Doctor;

/// <summary>Servers that are set up wrongly, each in one way.</summary>
public sealed class SetUpTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_server_that_is_set_up_well_is_well_and_each_wrong_credential_is_called_by_its_name()
    {
        await using var server = await SetUp.With();

        (await server.Doctor(folder).Run("doctor")).Is(0, """
            CHECK         RESULT  SEEN
            connection    ok      plain HTTP on this machine
            clock         ok      the same
            issuer        ok      <server>
            key set       ok      2 keys
            caching       ok      kept for PT5M
            readiness     ok      ready
            credential    ok      an owner's
            silos         ok      1, version 0.1.0
            rings         ok      1
            lead          ok      the next key signs from <time>
            private keys  ok      2, all for the certificates of now

            All is well.
            """);
        Assert.Empty(await server.Findings(folder));
        Assert.EndsWith("\n\e[32mAll is well.\e[0m\n", (await (server.Doctor(folder) with { AtTerminal = true }).Run("doctor")).Output, StringComparison.Ordinal);

        await Admin.CreateOrganization(server.Url, server.AdminKey, "weak");
        var weak = folder.Write("weak", await Admin.CreateApiKey(server.Url, server.AdminKey, "weak"));
        var wrong = folder.Write("wrong", "an-admin-key-of-another-server-altogether");
        Assert.Equal(["failure credential-refused"], SetUp.FindingsOf(await server.Doctor(folder).Run($"doctor --json --key-file {wrong}")));
        Assert.Equal(["failure credential-too-weak"], SetUp.FindingsOf(await server.Doctor(folder).Run($"doctor --json --key-file {weak}")));
        Assert.Equal(["failure credential-not-tried"], SetUp.FindingsOf(await server.Doctor(folder).Run("doctor --json --key-file nowhere")));

        var anybody = await Script.At(folder).Run($"doctor --server {server.Url}");
        Assert.Equal((0, ""), (anybody.Code, anybody.Errors));
        Assert.EndsWith("All is well. 5 things were not looked at: there is no credential (`tumbler login`).\n", anybody.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        var said = await Script.At(folder).Run($"doctor --server {RunningServer.NobodyThere()}");

        said.Is(1, """
            CHECK       RESULT   SEEN
            connection  failure  unreachable

            failure unreachable: Nothing answers at <server>: Connection refused.
              why   No token is issued, and verifiers live on the keys that they have.
              mend  Start the server, or give the address that clients use: `tumbler doctor --server https://…`

            1 failure, 0 warnings.
            """);
    }

    [Fact]
    public async Task Another_issuer_than_the_address_is_found()
    {
        await using var server = await SetUp.With("--Tokens:Issuer", "https://tokens.example");

        Assert.Equal(["failure issuer-differs"], await server.Findings(folder));
    }

    [Fact]
    public async Task A_clock_that_is_ten_minutes_ahead_is_found()
    {
        await using var server = await SetUp.Start(SetUp.FreePort(), ahead: 600);

        Assert.Equal(["failure clock-off"], await server.Findings(folder));
        Assert.Matches("The server's clock is (600|5[0-9]{2}) s ahead of this machine's\\.", (await server.Doctor(folder).Run("doctor")).Output);
    }

    /// <summary>The rotation is one that nobody could have been told of before.</summary>
    [Fact]
    public async Task A_lead_that_is_too_short_for_verifiers_is_found_and_so_is_a_key_without_one()
    {
        await using var server = await SetUp.With("--Rings:default:Lead", "10m", "--Rings:default:AllowShortLead", "true");
        Assert.Equal(["warning lead-short"], await server.Findings(folder));

        await Admin.Rotate(server.Url, server.AdminKey);

        Assert.Equal(["warning key-unannounced", "warning lead-short"], (await server.Findings(folder)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_clock_of_its_own_is_found()
    {
        await using var server = await SetUp.With("--Development:ClockRate", "3600");

        Assert.Contains("warning clock-of-its-own", await server.Findings(folder));
    }

    [Fact]
    public async Task An_address_that_is_none_and_words_that_are_no_options_are_errors_of_usage()
    {
        (await Script.At(folder).Run("doctor --server tokens.example")).Is(64, "", """
            tumbler: 'tokens.example' is no address of a server.
            It is written https://tokens.example or <server>.
            """);
        (await Script.At(folder).Run("doctor --Storage:Kind postgres")).Is(64, "", """
            tumbler: There are words that are no options of doctor.
            Settings go with --inside. Try: tumbler doctor --help
            """);
        Assert.Equal(77, (await Script.At(folder).Run("doctor")).Code);
    }
}
