using Tumbler.Silo.Configuration;
using Tumbler.Tests.Vault;

namespace Tumbler.Silo.Tests.Configuration;

public sealed class VaultSettingsTests : IDisposable
{
    private const string Key = "admin-key_admin-key_admin-key_0123456789";

    private readonly VaultStandIn server = new();
    private readonly SettingsDirectory start = new();

    public void Dispose()
    {
        server.Dispose();
        start.Dispose();
    }

    [Theory]
    [InlineData("http://vault.example:8200", "Vault:Address: must be https: secrets would travel unprotected")]
    [InlineData("vault.example", "Vault:Address: must be an absolute https URL without user, query and fragment")]
    [InlineData("https://me:x@vault.example", "Vault:Address: must be an absolute https URL without user, query and fragment")]
    [InlineData("https://vault.example?a=b", "Vault:Address: must be an absolute https URL without user, query and fragment")]
    [InlineData("https://vault.example", "Vault:Address: needs Vault:Token_FILE or Vault:Kubernetes:Role")]
    public void An_address_is_https_or_this_machines(string address, string error) =>
        Assert.Equal([error], start.ErrorsOf($"--Vault:Address={address}"));

    [Theory]
    [InlineData("--Vault:Token=x", "Vault:Token: is given, but Vault:Address is not")]
    [InlineData("--Vault:Kubernetes:Role=x", "Vault:Kubernetes:Role: is given, but Vault:Address is not")]
    [InlineData("--Vault:Namespace=x", "Vault:Namespace: is given, but Vault:Address is not")]
    [InlineData("--Vault:RefreshEvery=1s", "Vault:RefreshEvery: must be a duration from PT10S to PT24H, such as 90s, 5m or PT1H")]
    [InlineData("--Vault:Kubernetes:Mount=a/../b", "Vault:Kubernetes:Mount: must be where Vault has its Kubernetes login, such as kubernetes", "Vault:Kubernetes:Mount: is given, but Vault:Address is not")]
    [InlineData("--Vault:Authorities=/nowhere.pem", "Vault:Authorities: the file /nowhere.pem does not exist", "Vault:Authorities: is given, but Vault:Address is not")]
    [InlineData("--Vault:Adress=x", "Vault:Adress: unknown setting; did you mean Vault:Address?")]
    [InlineData("--Admin:Key_VAULT=secret/tumbler#key", "Admin:Key_VAULT: needs Vault:Address")]
    [InlineData("--Admin:Key_VAULT=tumbler", "Admin:Key_VAULT: must be mount/path#field, such as secret/tumbler#admin_key")]
    public void What_is_wrong_is_named(string argument, params string[] errors) => Assert.Equal(errors, start.ErrorsOf(argument));

    [Fact]
    public void One_way_in_is_enough() => Assert.Equal(
        ["Vault:Kubernetes:Role: is given, and Vault:Token too; give one of them"],
        start.ErrorsOf("--Vault:Address=https://vault.example", "--Vault:Token=x", "--Vault:Kubernetes:Role=tumbler"));

    [Fact]
    public void A_secret_is_given_in_one_way() => Assert.Equal(
        ["Admin:Key: is given, and Admin:Key_VAULT too; give one of them"],
        start.ErrorsOf($"--Admin:Key={Key}", "--Admin:Key_VAULT=secret/tumbler#key"));

    [Fact]
    public async Task Secrets_come_from_Vault_and_are_shown_with_their_place()
    {
        server.Put("secret/tumbler", "key", Key);

        var (settings, reader) = (await Open("--Admin:Key_VAULT=secret/tumbler#key"))!.Value;

        Assert.Equal(Key, settings.Admin.Key!.Reveal());
        Assert.Equal(("vault secret/tumbler#key", "****6789"), (reader.Given["Admin:Key"].Source, reader.Given["Admin:Key"].Shown));
        Assert.Equal(("command line", server.Address), (reader.Given["Vault:Address"].Source, reader.Given["Vault:Address"].Shown));
        Assert.DoesNotContain(reader.Given.Values, setting => setting.Shown.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_comes_from_Vault_keeps_the_settings_rule()
    {
        server.Put("secret/tumbler", "key", "too short");

        Assert.Null(await Open("--Admin:Key_VAULT=secret/tumbler#key", "--Engine:Kind=double"));
        Assert.Equal(
            ["Engine:Kind: must be single or cluster", "Admin:Key_VAULT: must be at least 32 characters of A-Z, a-z, 0-9, _ and -"], start.Errors);
    }

    [Theory]
    [InlineData("--Admin:Key_VAULT=secret/missing#key", "Admin:Key_VAULT: Vault has nothing there (404), at secret/missing#key")]
    [InlineData("--Admin:Key_VAULT=secret/tumbler#other", "Admin:Key_VAULT: the secret secret/tumbler has no field other")]
    public async Task What_is_not_in_Vault_asks_for_another_configuration(string argument, string error)
    {
        server.Put("secret/tumbler", "key", Key);

        Assert.Null(await Open(argument));
        Assert.Equal([error], start.Errors);
        Assert.Equal(Complaints.ConfigurationError, start.Complaints.ExitCode);
    }

    [Theory]
    [InlineData(true, "Vault is sealed, or is being maintained (503), when asked about its token")]
    [InlineData(false, "Vault does not answer (ConnectionError), when asked about its token")]
    public async Task While_Vault_is_away_a_start_may_be_tried_again(bool isSealed, string problem)
    {
        server.Put("secret/tumbler", "key", Key);
        server.Sealed = isSealed;
        if (!isSealed)
            server.GoAway();

        Assert.Null(await Open("--Admin:Key_VAULT=secret/tumbler#key", "--Audit:Key_VAULT=secret/tumbler#audit"));
        Assert.Equal([$"Audit:Key_VAULT: {problem}", $"Admin:Key_VAULT: {problem}"], start.Errors.OrderDescending(StringComparer.Ordinal));
        Assert.Equal(Complaints.TemporaryFailure, start.Complaints.ExitCode);
    }

    private async Task<(SiloSettings Settings, SettingsReader Reader)?> Open(params string[] arguments)
    {
        var token = start.Write("token", server.NewToken() + "\n");
        using var source = new SettingsSource(
            [.. arguments, $"--Vault:Address={server.Address}", $"--Vault:Token_FILE={token}"], start.Path, start.Environment, TimeProvider.System);
        await source.Open(TestContext.Current.CancellationToken);
        return StartUp.Read(source, (configuration, reader) => SiloSettings.Read(configuration, reader, start.RingRules), start.Complaints);
    }
}
