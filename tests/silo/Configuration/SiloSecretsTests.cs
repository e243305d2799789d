using System.Runtime.Versioning;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Tests.Configuration;

[UnsupportedOSPlatform("windows")]
public sealed class SiloSecretsTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly SettingsDirectory start = new();

    public void Dispose() => start.Dispose();

    private string Data => Path.Combine(start.Path, "data");

    [Fact]
    public void The_first_start_makes_every_secret_for_its_owner_only()
    {
        var secrets = Complete()!;

        Assert.Equal(32, secrets.ApiKeyHashKey.RevealBase64().Length);
        Assert.Equal(32, secrets.AuditKey.RevealBase64().Length);
        Assert.NotEqual(secrets.AuditKey.Reveal(), secrets.ApiKeyHashKey.Reveal());
        Assert.Matches("^[A-Za-z0-9_-]{43}$", secrets.AdminKey.Reveal());
        Assert.Equal(["admin.key", "api-keys.key", "audit.key"], Directory.GetFiles(Data).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(Data), file => Assert.Equal(OwnerOnly, File.GetUnixFileMode(file)));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Data));
    }

    [Fact]
    public void Later_starts_find_the_same_secrets_and_say_nothing_of_them()
    {
        var (first, second) = (Complete()!, Complete()!);

        Assert.Equal(
            (first.AdminKey.Reveal(), first.ApiKeyHashKey.Reveal(), first.AuditKey.Reveal()),
            (second.AdminKey.Reveal(), second.ApiKeyHashKey.Reveal(), second.AuditKey.Reveal()));
        Assert.Equal("", Announced(second, isTerminal: true));
    }

    [Fact]
    public void A_start_that_died_while_it_wrote_a_secret_is_no_obstacle()
    {
        start.Write("data/admin.key.tmp", "half a k");

        Assert.Equal(43, Complete()!.AdminKey.Reveal().Length);
        Assert.Equal(3, Directory.GetFiles(Data).Length);
    }

    [Fact]
    public void A_new_admin_key_is_shown_whole_on_a_terminal_only()
    {
        var secrets = Complete()!;
        var (key, file) = (secrets.AdminKey.Reveal(), Path.Combine(Data, "admin.key"));

        Assert.Equal($"New admin key: {key} (in {file})", Announced(secrets, isTerminal: true).TrimEnd());
        Assert.Equal($"New admin key: …{key[^4..]} (in {file})", Announced(secrets, isTerminal: false).TrimEnd());
    }

    [Fact]
    public void Secrets_that_are_given_are_used_and_nothing_is_made()
    {
        var (admin, key) = (new string('a', 32), Convert.ToBase64String(new byte[32]));

        var secrets = Complete("--Admin:Key", admin, "--ApiKeys:HashKey", key, "--Audit:Key", key)!;

        Assert.Equal(admin, secrets.AdminKey.Reveal());
        Assert.False(Directory.Exists(Data));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_secret_that_others_may_use_is_refused(UnixFileMode others)
    {
        Complete();
        var file = Path.Combine(Data, "audit.key");
        File.SetUnixFileMode(file, OwnerOnly | others);

        Assert.Null(Complete());
        Assert.Equal($"Audit:Key: is not secret: others may use {file}; chmod 600 it", Assert.Single(start.Errors));
    }

    [Fact]
    public void A_damaged_secret_is_named_not_repeated_and_not_replaced()
    {
        Complete();
        var file = Path.Combine(Data, "admin.key");
        File.WriteAllText(file, "damaged\n");

        Assert.Null(Complete());
        Assert.Equal($"Admin:Key: must be at least 32 characters of A-Z, a-z, 0-9, _ and -; it stands in {file}", Assert.Single(start.Errors));
        Assert.Equal("damaged\n", File.ReadAllText(file));
    }

    [Fact]
    public void A_data_directory_that_can_not_be_made_is_an_error_of_its_setting()
    {
        start.Write("data", "a file where the directory should be");

        Assert.Null(Complete());
        Assert.StartsWith("Storage:Journal:Directory: can't be used: ", Assert.Single(start.Errors), StringComparison.Ordinal);
    }

    private SiloSecrets? Complete(params string[] arguments) => SiloSecrets.Complete(start.Read(arguments)!, start.Complaints);

    private static string Announced(SiloSecrets secrets, bool isTerminal)
    {
        using var output = new StringWriter();
        secrets.Announce(output, isTerminal);
        return output.ToString();
    }
}
